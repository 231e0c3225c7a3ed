import { useTranslation } from 'react-i18next';
import type { Passport, PassportCheckpoint, PassportStage } from '@/shared/api';
import { Checkbox, MultiSelect, SimpleGrid, Stack, Textarea, TextInput } from '@/shared/ui';
import { MonthInput } from './PassportForm';
import { Rows } from './Rows';
import { nextNumber } from './rows';

/** Stages with their checkpoints and results. */
export function StageRows({ passport, onChange }: { passport: Passport; onChange: (passport: Passport) => void }) {
  const { t } = useTranslation('project');
  return (
    <Rows<PassportStage>
      legend={t('fields.stages')}
      rows={passport.stages}
      empty={() => ({ number: nextNumber(passport.stages.map(({ number }) => number)), name: '', checkpoints: [], results: [] })}
      onChange={(stages) => onChange({ ...passport, stages })}
      render={(stage, change) => (
        <Stack gap="sm">
          <TextInput label={`${stage.number}. ${t('fields.name')}`} value={stage.name} onChange={(event) => change({ ...stage, name: event.currentTarget.value })} />
          <Rows<PassportCheckpoint>
            legend={t('fields.checkpoints')}
            rows={stage.checkpoints}
            empty={() => nextCheckpoint(stage, passport)}
            onChange={(checkpoints) => change(withoutLost({ ...stage, checkpoints }))}
            render={(point, set) => <CheckpointFields passport={passport} point={point} onChange={set} />}
          />
          <Rows<PassportStage['results'][number]>
            legend={t('edit.stageResults')}
            rows={stage.results}
            empty={() => ({ text: '', checkpoints: [] })}
            onChange={(results) => change({ ...stage, results })}
            render={(result, set) => (
              <Stack gap="sm">
                <Textarea label={t('fields.text')} autosize value={result.text} onChange={(event) => set({ ...result, text: event.currentTarget.value })} />
                <Checkbox.Group label={t('edit.leadingTo')} value={result.checkpoints} onChange={(checkpoints) => set({ ...result, checkpoints })}>
                  {stage.checkpoints.map(({ number, name }) => (
                    <Checkbox key={number} value={number} label={`${number} ${name}`} mt="xs" />
                  ))}
                </Checkbox.Group>
              </Stack>
            )}
          />
        </Stack>
      )}
    />
  );
}

function CheckpointFields({
  passport,
  point,
  onChange,
}: {
  passport: Passport;
  point: PassportCheckpoint;
  onChange: (point: PassportCheckpoint) => void;
}) {
  const { t } = useTranslation('project');
  const others = passport.stages.flatMap(({ checkpoints }) => checkpoints).filter(({ number }) => number !== point.number);
  return (
    <Stack gap="sm">
      <Textarea label={`${point.number} ${t('fields.name')}`} autosize value={point.name} onChange={(event) => onChange({ ...point, name: event.currentTarget.value })} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <MonthInput label={t('fields.start')} value={point.start} onChange={(start) => onChange({ ...point, start })} />
        <MonthInput label={t('fields.end')} value={point.end} onChange={(end) => onChange({ ...point, end })} />
      </SimpleGrid>
      <MultiSelect
        label={t('fields.needs')}
        data={others.map(({ number, name }) => ({ value: number, label: `${number} ${name}` }))}
        value={point.needs ?? []}
        onChange={(needs) => onChange({ ...point, needs })}
      />
      <MultiSelect
        label={t('fields.serves')}
        data={passport.indicators.map(({ ordinal, name }) => ({ value: String(ordinal), label: `${ordinal}. ${name}` }))}
        value={(point.serves ?? []).map(String)}
        onChange={(serves) => onChange({ ...point, serves: serves.map(Number) })}
      />
    </Stack>
  );
}

function nextCheckpoint(stage: PassportStage, passport: Passport): PassportCheckpoint {
  const own = stage.checkpoints.map(({ number }) => Number(number.split('.')[1] ?? 0));
  return { number: `${stage.number}.${nextNumber(own)}`, name: '', start: passport.start, end: passport.end };
}

/** Results of a stage lead only to checkpoints that are there. */
function withoutLost(stage: PassportStage): PassportStage {
  const numbers = new Set(stage.checkpoints.map(({ number }) => number));
  return {
    ...stage,
    results: stage.results.map((result) => ({ ...result, checkpoints: result.checkpoints.filter((number) => numbers.has(number)) })),
  };
}
