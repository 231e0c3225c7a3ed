import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Development, DevelopmentDraft } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import {
  Badge,
  Button,
  ConfirmButton,
  ErrorNotice,
  FileButton,
  Group,
  isNotEmpty,
  NumberInput,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  toast,
  useForm,
} from '@/shared/ui';
import { documentsQuery, useAddDocument, useChangeScan, useDeleteDocument, useEditDocument, useVerifyDocument } from '../api/documents';

/** Documents of professional development: what the first indicator counts. */
export function Documents({ personId }: { personId: string }) {
  const { t } = useTranslation('person');
  const documents = useQuery(documentsQuery(personId));
  const add = useAddDocument(personId);
  const [adding, setAdding] = useState(false);
  return (
    <Paper p="lg">
      <Stack>
        <ErrorNotice error={documents.error} onRetry={() => void documents.refetch()} />
        {documents.data?.items.length === 0 && <Text c="dimmed">{t('documents.none')}</Text>}
        {documents.data?.items.map((document) => (
          <DocumentLine key={document.id} document={document} />
        ))}
        {documents.data?.mayAdd &&
          (adding ? (
            <DocumentForm
              error={add.error}
              saving={add.isPending}
              onSave={(draft) => add.mutate(draft, { onSuccess: () => setAdding(false) })}
              onClose={() => setAdding(false)}
            />
          ) : (
            <Group>
              <Button variant="default" size="sm" onClick={() => setAdding(true)}>
                {t('documents.add')}
              </Button>
            </Group>
          ))}
      </Stack>
    </Paper>
  );
}

function DocumentLine({ document }: { document: Development }) {
  const { t } = useTranslation(['person', 'shared']);
  const { language } = useLanguage();
  const [editing, setEditing] = useState(false);
  const edit = useEditDocument(document);
  const verify = useVerifyDocument(document);
  const remove = useDeleteDocument(document);
  const scan = useChangeScan(document);
  const date = (day: string) => formatDate(day, language);
  if (editing) {
    return (
      <DocumentForm
        document={document}
        error={edit.error}
        saving={edit.isPending}
        onSave={(draft) => edit.mutate(draft, { onSuccess: () => setEditing(false) })}
        onClose={() => setEditing(false)}
      />
    );
  }
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="sm">
        <Text fw={600}>
          {t(`documents.kinds.${document.kind}`)} № {document.registration}
        </Text>
        <Badge variant="light" color={document.uncounted ? 'gray' : 'teal'} tt="none">
          {document.uncounted ? t(`documents.why.${document.uncounted}`) : t('documents.counts', { until: date(document.validUntil) })}
        </Badge>
      </Group>
      {document.programme && <Text>{document.programme}</Text>}
      <Text size="sm" c="dimmed">
        {t('documents.line', { issuer: document.issuer, day: date(document.issuedOn), hours: document.hours })}
      </Text>
      {document.verifiedBy && document.verifiedAt && (
        <Text size="sm" c="dimmed">
          {t('documents.verifiedBy', { name: document.verifiedBy, day: date(document.verifiedAt) })}
        </Text>
      )}
      <Group gap="xs">
        {document.may.verify && !document.verifiedAt && (
          <Button size="compact-sm" loading={verify.isPending} onClick={() => verify.mutate(true, { onSuccess: () => toast(t('documents.verified')) })}>
            {t('documents.verify')}
          </Button>
        )}
        {document.may.verify && document.verifiedAt && (
          <Button size="compact-sm" variant="subtle" loading={verify.isPending} onClick={() => verify.mutate(false)}>
            {t('documents.unverify')}
          </Button>
        )}
        {document.hasScan && (
          <Button size="compact-sm" variant="subtle" component="a" href={`/api/documents/${document.id}/scan`} target="_blank" rel="noreferrer">
            {t('documents.scan.open')}
          </Button>
        )}
        {document.may.delete && (
          <FileButton onChange={(file) => file && scan.mutate(file)} accept="application/pdf,image/jpeg,image/png">
            {(props) => (
              <Button {...props} size="compact-sm" variant="subtle" loading={scan.isPending}>
                {document.hasScan ? t('documents.scan.replace') : t('documents.scan.add')}
              </Button>
            )}
          </FileButton>
        )}
        {document.hasScan && document.may.delete && (
          <ConfirmButton
            size="compact-sm"
            variant="subtle"
            title={t('documents.scan.removeQuestion')}
            text={t('documents.scan.removeText')}
            confirm={t('documents.scan.remove')}
            onConfirm={() => scan.mutateAsync(null)}
            pending={scan.isPending}
            error={scan.error}
          >
            {t('documents.scan.remove')}
          </ConfirmButton>
        )}
        {document.may.edit && (
          <Button size="compact-sm" variant="subtle" onClick={() => setEditing(true)}>
            {t('documents.edit')}
          </Button>
        )}
        {document.may.delete && (
          <ConfirmButton
            size="compact-sm"
            variant="subtle"
            title={t('documents.deleteQuestion')}
            text={`${t(`documents.kinds.${document.kind}`)} № ${document.registration}`}
            confirm={t('shared:actions.delete')}
            onConfirm={() => remove.mutateAsync()}
            pending={remove.isPending}
            error={remove.error}
          >
            {t('shared:actions.delete')}
          </ConfirmButton>
        )}
      </Group>
      <ErrorNotice error={verify.error ?? scan.error} />
    </Stack>
  );
}

function DocumentForm({
  document,
  error,
  saving,
  onSave,
  onClose,
}: {
  document?: Development;
  error: Error | null;
  saving: boolean;
  onSave: (draft: DevelopmentDraft) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(['person', 'shared']);
  const form = useForm<{
    kind: DevelopmentDraft['kind'];
    registration: string;
    issuer: string;
    issuedOn: string;
    programme: string;
    hours: number | string;
  }>({
    initialValues: {
      kind: document?.kind ?? 'certificate',
      registration: document?.registration ?? '',
      issuer: document?.issuer ?? '',
      issuedOn: document?.issuedOn ?? '',
      programme: document?.programme ?? '',
      hours: document?.hours ?? '',
    },
    validate: {
      registration: isNotEmpty(t('documents.form.registrationEmpty')),
      issuer: isNotEmpty(t('documents.form.issuerEmpty')),
      issuedOn: isNotEmpty(t('documents.form.issuedOnEmpty')),
      hours: (value) => (typeof value === 'number' && value > 0 ? null : t('documents.form.hoursEmpty')),
    },
  });
  // What this form does not show stays as it was.
  const kept = document && {
    series: document.series,
    blankNumber: document.blankNumber,
    programmeKind: document.programmeKind,
    trainingStart: document.trainingStart,
    trainingEnd: document.trainingEnd,
    form: document.form,
    funding: document.funding,
    registerStatus: document.registerStatus,
  };
  const submit = form.onSubmit((values) => onSave({ ...kept, ...values, hours: Number(values.hours) }));
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Select
          label={t('documents.form.kind')}
          data={(['certificate', 'retraining', 'other'] as const).map((kind) => ({ value: kind, label: t(`documents.kinds.${kind}`) }))}
          allowDeselect={false}
          {...form.getInputProps('kind')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={t('documents.form.registration')} required {...form.getInputProps('registration')} />
          <TextInput type="date" label={t('documents.form.issuedOn')} required {...form.getInputProps('issuedOn')} />
        </SimpleGrid>
        <TextInput label={t('documents.form.issuer')} required {...form.getInputProps('issuer')} />
        <TextInput label={t('documents.form.programme')} {...form.getInputProps('programme')} />
        <NumberInput label={t('documents.form.hours')} description={t('documents.form.hoursHint')} min={1} max={5000} allowDecimal={false} required {...form.getInputProps('hours')} />
        <ErrorNotice error={error} />
        <Group>
          <Button type="submit" loading={saving}>
            {t('shared:actions.save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('shared:actions.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
