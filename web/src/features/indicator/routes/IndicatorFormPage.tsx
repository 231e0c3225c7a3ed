import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type OwnIndicator } from '@/shared/api';
import { Button, ConfirmButton, ErrorNotice, Group, NativeSelect, Page, Paper, SegmentedControl, Stack, Text, TextInput, TextLink, toast } from '@/shared/ui';
import { definitionQuery, useArchiveIndicator, useSaveIndicator } from '../api/indicators';
import { BlockFields } from '../components/BlockFields';
import { emptyBlocks, fromSource, needsChoice, toSource } from '../components/blocks';

export function IndicatorNewPage() {
  return <IndicatorForm />;
}

export function IndicatorEditPage() {
  const { key } = useParams({ from: '/shell/signed/indicators/$key/edit' });
  const { data } = useSuspenseQuery(definitionQuery(key));
  return <IndicatorForm indicator={data} key={data.version} />;
}

/** An indicator of one's own: counted from the platform's records, or entered with evidence. */
function IndicatorForm({ indicator }: { indicator?: OwnIndicator }) {
  const { t } = useTranslation(['indicator', 'shared']);
  const navigate = useNavigate();
  const save = useSaveIndicator(indicator?.id ?? null);
  const [name, setName] = useState(indicator?.name ?? '');
  const [blocks, setBlocks] = useState(indicator ? fromSource(indicator.source) : emptyBlocks);
  const fields = save.error instanceof ApiError ? save.error.fields : {};
  const computed = blocks.from === 'computed';
  const ready = name.trim() !== '' && (!computed || !needsChoice(blocks.who) || blocks.chosen.length > 0);
  const submit = () =>
    save.mutate(
      { name, source: toSource(blocks), version: indicator?.version ?? 0 },
      {
        onSuccess: ({ id }) => {
          toast(t('form.saved'));
          void navigate({ to: '/indicators/$key', params: { key: id } });
        },
      },
    );
  return (
    <Page
      title={indicator ? t('form.editTitle') : t('form.newTitle')}
      subtitle={t('form.text')}
      narrow
      back={<TextLink to="/indicators">{t('title')}</TextLink>}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="lg">
          <Paper p="lg">
            <Stack>
              <TextInput
                label={t('form.name')}
                required
                maxLength={200}
                value={name}
                error={fields['name']}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <SegmentedControl
                aria-label={t('form.from')}
                value={blocks.from}
                onChange={(from) => setBlocks({ ...blocks, from: from as 'computed' | 'entered' })}
                data={[
                  { value: 'computed', label: t('form.froms.computed') },
                  { value: 'entered', label: t('form.froms.entered') },
                ]}
              />
              <Text size="sm" c="dimmed">
                {t(computed ? 'form.computedText' : 'form.enteredText')}
              </Text>
              {computed ? (
                <BlockFields blocks={blocks} onChange={setBlocks} error={fields['source']} />
              ) : (
                <NativeSelect
                  label={t('form.unit')}
                  value={blocks.unit}
                  error={fields['source']}
                  data={(['percent', 'count'] as const).map((value) => ({ value, label: t(`form.units.${value}`) }))}
                  onChange={(event) => setBlocks({ ...blocks, unit: event.currentTarget.value as 'percent' | 'count' })}
                />
              )}
            </Stack>
          </Paper>
          <ErrorNotice error={Object.keys(fields).length > 0 ? null : save.error} />
          <Group justify="space-between">
            <Button type="submit" loading={save.isPending} disabled={!ready}>
              {t('shared:actions.save')}
            </Button>
            {indicator && <Archive indicator={indicator} />}
          </Group>
        </Stack>
      </form>
    </Page>
  );
}

function Archive({ indicator }: { indicator: OwnIndicator }) {
  const { t } = useTranslation(['indicator', 'shared']);
  const navigate = useNavigate();
  const archive = useArchiveIndicator(indicator.id);
  return (
    <ConfirmButton
      title={t('form.removeTitle')}
      text={t('form.removeText')}
      confirm={t('form.remove')}
      pending={archive.isPending}
      error={archive.error}
      onConfirm={async () => {
        await archive.mutateAsync(indicator.version);
        toast(t('form.removed'));
        await navigate({ to: '/indicators' });
      }}
    >
      {t('form.remove')}
    </ConfirmButton>
  );
}
