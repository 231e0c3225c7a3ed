import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Group, Paper, Stack, Text, TextInput } from '@/shared/ui';
import { formatsOf, paperHref, papers } from './papers';

/** Every paper of the project for a day, in each of its forms. */
export function Papers() {
  const { t } = useTranslation('project_paper');
  const [day, setDay] = useState('');
  return (
    <Paper p="lg">
      <Stack>
        <TextInput
          type="date"
          label={t('day')}
          description={t('dayHint')}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
          maw={260}
        />
        {papers.map((paper) => (
          <Group key={paper} justify="space-between" gap="sm">
            <Text>{t(`papers.${paper}`)}</Text>
            <Group gap="xs">
              {formatsOf(paper).map((format) => (
                <Button
                  key={format}
                  component="a"
                  href={paperHref(paper, format, day)}
                  {...(format === 'pdf' ? { target: '_blank' } : { download: true })}
                  size="xs"
                  variant="default"
                  aria-label={`${t(`papers.${paper}`)}, ${format.toUpperCase()}`}
                >
                  {format.toUpperCase()}
                </Button>
              ))}
            </Group>
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
