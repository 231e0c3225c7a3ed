import type { Passport, PassportCheckpoint, PassportIndicator, PassportStage } from '@/shared/api';

/** `Row` with null where a paper says nothing that was understood. */
type Gaps<Row, Keys extends keyof Row> = Omit<Row, Keys> & { [Key in Keys]: Row[Key] | null };

/** A passport as it was read from a paper. */
export type PaperDraft = Omit<Gaps<Passport, 'start' | 'end'>, 'approval' | 'participants' | 'indicators' | 'stages'> & {
  approval: Gaps<Passport['approval'], 'date'>;
  participants: Gaps<Passport['participants'][number], 'part'>[];
  indicators: Gaps<PassportIndicator, 'unit' | 'baseYear' | 'baseValue'>[];
  stages: (Omit<PassportStage, 'checkpoints'> & { checkpoints: Gaps<PassportCheckpoint, 'start' | 'end'>[] })[];
};

/** What a paper leaves open: which field of which row; the row is empty for a field of the passport itself. */
export type Gap = { row: string; field: 'start' | 'end' | 'date' | 'part' | 'unit' | 'baseYear' | 'baseValue' };

/** Everything that the paper leaves open and a form cannot show as empty. */
export function gapsOf(draft: PaperDraft): Gap[] {
  const gap = (row: string, field: Gap['field'], value: unknown): Gap[] => (value === null ? [{ row, field }] : []);
  return [
    ...gap('', 'start', draft.start),
    ...gap('', 'end', draft.end),
    ...gap('', 'date', draft.approval.date),
    ...draft.participants.flatMap(({ position, organisation, part }) => gap(`${position} ${organisation}`, 'part', part)),
    ...draft.indicators.flatMap(({ ordinal, name, unit, baseYear, baseValue }) => [
      ...gap(`${ordinal}. ${name}`, 'unit', unit),
      ...gap(`${ordinal}. ${name}`, 'baseYear', baseYear),
      ...gap(`${ordinal}. ${name}`, 'baseValue', baseValue),
    ]),
    ...draft.stages.flatMap(({ checkpoints }) =>
      checkpoints.flatMap(({ number, name, start, end }) => [
        ...gap(`${number} ${name}`, 'start', start),
        ...gap(`${number} ${name}`, 'end', end),
      ]),
    ),
  ];
}

/**
 * The passport of a form after a paper was read: what the paper does not say stays as the form has it. Where a row is
 * new and the form cannot leave a field empty it gets the form's usual value, which `gapsOf` names to be looked at.
 */
export function taken(draft: PaperDraft, form: Passport): Passport {
  const said = <Row>(rows: Row[], otherwise: Row[]) => (rows.length > 0 ? rows : otherwise);
  // What stays refers to what stays: rows of the form may have been for indicators that the paper does not have.
  const ordinals = new Set(said<{ ordinal: number }>(draft.indicators, form.indicators).map(({ ordinal }) => ordinal));
  const results = form.results.map((row) => ({ ...row, indicator: ordinals.has(row.indicator ?? 0) ? row.indicator : null }));
  const stages = form.stages.map((stage) => ({
    ...stage,
    checkpoints: stage.checkpoints.map((row) => ({ ...row, serves: row.serves?.filter((ordinal) => ordinals.has(ordinal)) ?? [] })),
  }));
  const start = draft.start ?? form.start;
  const end = draft.end ?? form.end;
  return {
    ...draft,
    title: draft.title || form.title,
    goal: draft.goal || form.goal,
    start,
    end,
    approval: {
      body: draft.approval.body || form.approval.body,
      date: draft.approval.date ?? form.approval.date,
      minutesNumber: draft.approval.minutesNumber || form.approval.minutesNumber,
    },
    head: draft.head || form.head,
    responsibleExecutor: draft.responsibleExecutor || form.responsibleExecutor,
    participants: said(
      draft.participants.map((row) => ({ ...row, part: row.part ?? 'executor' })),
      form.participants,
    ),
    municipalProgrammes: said(draft.municipalProgrammes, form.municipalProgrammes),
    regionalPriorityProjects: said(draft.regionalPriorityProjects, form.regionalPriorityProjects),
    results: said(draft.results, results),
    indicators: said(
      draft.indicators.map((row) => ({
        ...row,
        unit: row.unit ?? 'percent',
        baseYear: row.baseYear ?? Number(start.slice(0, 4)) - 1,
        baseValue: row.baseValue ?? 0,
      })),
      form.indicators,
    ),
    funding: said(draft.funding, form.funding),
    stages: said(
      draft.stages.map((stage) => ({
        ...stage,
        checkpoints: stage.checkpoints.map((row) => ({ ...row, start: row.start ?? start, end: row.end ?? end })),
      })),
      stages,
    ),
    risks: said(draft.risks, form.risks),
  };
}
