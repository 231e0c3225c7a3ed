import type { IndicatorFigure, IndicatorSource } from '@/shared/api';

type Definition = Extract<IndicatorSource, { computed: unknown }>['computed'];
type Who = Definition['who'];
export type WhoKind = 'groups' | 'positions' | 'associationHeads' | 'teacherLeaders' | 'institutions';

export const whoKinds: WhoKind[] = ['groups', 'positions', 'associationHeads', 'teacherLeaders', 'institutions'];
export const groups = ['teaching', 'management', 'support'] as const;
export const institutionKinds = ['school', 'kindergarten', 'extended_education', 'method_centre', 'committee', 'other'] as const;

/** What the form of an indicator holds. */
export type Blocks = {
  from: 'computed' | 'entered';
  who: WhoKind;
  /** Chosen groups, codes of positions or kinds of institutions. */
  chosen: string[];
  evidence: Definition['evidence'];
  base: Definition['base'];
  unit: 'percent' | 'count';
};

export const emptyBlocks: Blocks = {
  from: 'computed',
  who: 'groups',
  chosen: ['teaching'],
  evidence: 'qualification',
  base: 'share',
  unit: 'percent',
};

/** Institutions have kits, people everything else. */
export function evidences(who: WhoKind): Definition['evidence'][] {
  return who === 'institutions' ? ['readyKit'] : ['qualification', 'dissemination', 'training'];
}

/** The form after another choice of whom to count: what does not fit any more is chosen anew. */
export function withWho(blocks: Blocks, who: WhoKind): Blocks {
  const fitting = evidences(who);
  const [first = blocks.evidence] = fitting;
  return { ...blocks, who, chosen: [], evidence: fitting.includes(blocks.evidence) ? blocks.evidence : first };
}

export function needsChoice(who: WhoKind): boolean {
  return who === 'groups' || who === 'positions' || who === 'institutions';
}

export function toSource(blocks: Blocks): IndicatorSource {
  if (blocks.from === 'entered') return { entered: blocks.unit };
  const who = (needsChoice(blocks.who) ? { [blocks.who]: blocks.chosen } : blocks.who) as Who;
  return { computed: { who, evidence: blocks.evidence, base: blocks.base } };
}

export function fromSource(source: IndicatorSource): Blocks {
  if ('entered' in source) return { ...emptyBlocks, from: 'entered', unit: source.entered };
  const { who, evidence, base } = source.computed;
  const [kind, chosen] = typeof who === 'string' ? [who, []] : (Object.entries(who)[0] ?? ['groups', []]);
  return { ...emptyBlocks, who: kind as WhoKind, chosen: [...(chosen as string[])], evidence, base };
}

/** Whether it counts institutions, not people. */
export function countsInstitutions({ source }: Pick<IndicatorFigure, 'source'>): boolean {
  return 'computed' in source && source.computed.evidence === 'readyKit';
}
