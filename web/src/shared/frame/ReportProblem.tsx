import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, client } from '@/shared/api';
import { readKept, writeKept } from '@/shared/lib/kept';
import { ErrorNotice } from '@/shared/ui/ErrorNotice';
import { problemContext } from './problemContext';

const draftKey = 'kafedra.draft.problem';

/** A dialog where anyone tells what went wrong. Says plainly what is sent along. */
export function ReportProblem({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('shared');
  const [text, setText] = useState(() => readKept(draftKey) ?? '');
  const send = useMutation({
    mutationFn: () =>
      answer(
        client.POST('/api/problem-reports', {
          body: { text: text.trim(), page: window.location.pathname, context: problemContext() },
        }),
      ),
    onSuccess: () => {
      setText('');
      writeKept(draftKey, null);
    },
  });
  const close = () => {
    onClose();
    send.reset();
  };

  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('report.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      {send.isSuccess ? (
        <Stack role="status">
          <Text>{t('report.sent')}</Text>
          <Group>
            <Button onClick={close}>{t('actions.close')}</Button>
          </Group>
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send.mutate();
          }}
        >
          <Stack>
            <Textarea
              label={t('report.what')}
              description={t('report.hint')}
              value={text}
              onChange={(event) => {
                setText(event.currentTarget.value);
                writeKept(draftKey, event.currentTarget.value);
              }}
              minRows={4}
              autosize
              maxLength={4000}
              required
              data-autofocus
            />
            <Text size="sm" c="dimmed">
              {t('report.attached')}
            </Text>
            <ErrorNotice error={send.error} />
            <Group>
              <Button type="submit" loading={send.isPending} disabled={text.trim() === ''}>
                {t('report.send')}
              </Button>
              <Button variant="default" onClick={close}>
                {t('actions.cancel')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
