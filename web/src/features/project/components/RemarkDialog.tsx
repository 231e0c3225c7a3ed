import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, hasCode, type PeriodRemark, type PeriodStanding } from '@/shared/api';
import { Alert, Button, Group, Stack, Text, Textarea, toast } from '@/shared/ui';
import { useSaveRemark } from '../api/project';
import { FactDialog } from './FactDialog';

type Props = {
  title: string;
  period: PeriodStanding;
  remark: PeriodRemark;
  /** The computed forecast, in words. */
  computed: ReactNode;
  onClose: () => void;
};

/** Writes why a figure differs from its plan, what is done about it, and where it will go. */
export function RemarkDialog({ title, period, remark, computed, onClose }: Props) {
  const { t } = useTranslation('project');
  const save = useSaveRemark();
  const [seen, setSeen] = useState(remark.version);
  const [texts, setTexts] = useState(textsOf(remark));
  const theirs = newerRemark(save.error);
  const fields = save.error instanceof ApiError ? save.error.fields : {};
  const area = (name: keyof typeof texts, label: string, description?: ReactNode) => (
    <Textarea
      label={label}
      description={description}
      autosize
      minRows={2}
      maxLength={1000}
      value={texts[name]}
      error={fields[name]}
      onChange={(event) => setTexts({ ...texts, [name]: event.currentTarget.value })}
    />
  );
  return (
    <FactDialog
      title={title}
      confirm={t('remarks.save')}
      correcting={period.revision > 0}
      pending={save.isPending}
      error={theirs ? null : save.error}
      disabled={theirs !== null}
      onConfirm={(reason) =>
        save.mutate(
          { year: period.year, quarter: period.quarter, subject: remark.subject, ...texts, version: seen, reason },
          {
            onSuccess: () => {
              toast(t('remarks.saved'));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      {area('cause', t('remarks.cause'))}
      {area('correctiveAction', t('remarks.action'))}
      {area('forecast', t('remarks.forecast'), computed && <>{computed} {t('remarks.override')}</>)}
      {theirs && (
        <Alert role="alert" color="yellow" variant="light" title={t('remarks.theirs')}>
          <Stack gap="xs">
            <Text size="sm">{`${t('remarks.cause')}: ${theirs.cause}`}</Text>
            <Text size="sm">{`${t('remarks.action')}: ${theirs.correctiveAction}`}</Text>
            <Text size="sm">{`${t('remarks.forecast')}: ${theirs.forecast}`}</Text>
            <Group>
              <Button
                size="sm"
                onClick={() => {
                  setSeen(theirs.version);
                  setTexts(textsOf(theirs));
                  save.reset();
                }}
              >
                {t('remarks.take')}
              </Button>
              <Button
                size="sm"
                variant="default"
                onClick={() => {
                  setSeen(theirs.version);
                  save.reset();
                }}
              >
                {t('remarks.keep')}
              </Button>
            </Group>
          </Stack>
        </Alert>
      )}
    </FactDialog>
  );
}

function textsOf({ cause, correctiveAction, forecast }: PeriodRemark) {
  return { cause, correctiveAction, forecast };
}

/** What somebody else wrote, where their edit came first. */
function newerRemark(error: unknown): PeriodRemark | null {
  if (!(error instanceof ApiError) || !hasCode(error, 'edit.stale')) return null;
  const current = error.problem.current as Partial<PeriodRemark> | undefined;
  return current?.subject ? (current as PeriodRemark) : null;
}
