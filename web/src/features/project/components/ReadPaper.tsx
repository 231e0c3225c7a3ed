import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Passport } from '@/shared/api';
import { Button, ErrorNotice, FileButton, Group, Paper, SimpleGrid, Stack, Text, Textarea, Title } from '@/shared/ui';
import { useCheckPassport, useReadPaper } from '../api/project';
import { Findings } from './Findings';
import { gapsOf, taken, type PaperDraft } from './paper';
import { PaperSections } from './PaperSections';
import { GapList, UnreadList, type Unread } from './PaperGaps';

/** What came of a paper: the passport with it, and what is left to be done by hand. */
export type Taken = { passport: Passport; gaps: ReturnType<typeof gapsOf>; unread: Unread[] };

/** Reads a passport from a paper: what was understood beside what was not, before anything of it is taken. */
export function ReadPaper({ form, onTake, onCancel }: { form: Passport; onTake: (taken: Taken) => void; onCancel: () => void }) {
  const { t } = useTranslation(['project', 'shared']);
  const read = useReadPaper();
  const check = useCheckPassport();
  const [text, setText] = useState('');
  const start = (file: File) =>
    read.mutate(file, { onSuccess: ({ draft }) => check.mutate(taken(draft as unknown as PaperDraft, form)) });
  if (!read.data) {
    return (
      <Stack>
        <Text>{t('reading.text')}</Text>
        <Paper p="lg">
          <Stack>
            <div>
              <FileButton onChange={(file) => file && start(file)} accept=".docx,.txt">
                {(props) => (
                  <Button {...props} leftSection={<IconUpload size={20} aria-hidden />} loading={read.isPending}>
                    {t('reading.upload')}
                  </Button>
                )}
              </FileButton>
            </div>
            <Textarea label={t('reading.paste')} autosize minRows={4} maxRows={16} value={text} onChange={(event) => setText(event.currentTarget.value)} />
            <ErrorNotice error={read.error} />
            <Group>
              <Button
                variant="default"
                disabled={text.trim() === ''}
                loading={read.isPending}
                onClick={() => start(new File([text], 'passport.txt', { type: 'text/plain' }))}
              >
                {t('reading.readText')}
              </Button>
              <Button variant="subtle" onClick={onCancel}>
                {t('shared:actions.cancel')}
              </Button>
            </Group>
          </Stack>
        </Paper>
      </Stack>
    );
  }
  const draft = read.data.draft as unknown as PaperDraft;
  const { unread } = read.data;
  const gaps = gapsOf(draft);
  return (
    <Stack>
      <Group>
        <Button onClick={() => onTake({ passport: taken(draft, form), gaps, unread })}>{t('reading.take')}</Button>
        <Button
          variant="default"
          onClick={() => {
            read.reset();
            check.reset();
          }}
        >
          {t('reading.again')}
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          {t('shared:actions.cancel')}
        </Button>
      </Group>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Stack component="section" aria-labelledby="reading-read">
          <Title order={2} size="h3" id="reading-read">
            {t('reading.read')}
          </Title>
          <PaperSections draft={draft} />
        </Stack>
        <Stack component="section" aria-labelledby="reading-unread">
          <Title order={2} size="h3" id="reading-unread">
            {t('reading.unread')}
          </Title>
          {gaps.length > 0 && <GapList gaps={gaps} />}
          {unread.length === 0 ? <Text>{t('reading.nothingUnread')}</Text> : <UnreadList unread={unread} />}
          <Title order={2} size="h3">
            {t('sections.check')}
          </Title>
          <ErrorNotice error={check.error} />
          {check.data && (check.data.items.length === 0 ? <Text>{t('check.nothing')}</Text> : <Findings findings={check.data.items} />)}
        </Stack>
      </SimpleGrid>
    </Stack>
  );
}
