import { Button, Group, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { roomCodeOf } from '@/shared/lib/roomCode';
import classes from './Page.module.css';

/** A field for a meeting's link or code; understands a whole link, spaces and capitals. */
export function JoinByCode() {
  const { t } = useTranslation('shared');
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const code = roomCodeOf(typed);
    setWrong(code === null);
    if (code !== null) void navigate({ to: '/r/$code', params: { code } });
  };

  return (
    <form onSubmit={submit} noValidate>
        <TextInput
          label={t('join.label')}
          placeholder="abc-defg-hij"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          error={wrong ? t('join.wrong') : undefined}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setWrong(false);
          }}
          inputContainer={(input) => (
            <Group gap="xs" wrap="nowrap">
              <div className={classes.grow}>{input}</div>
              <Button type="submit" variant="default" flex="none">
                {t('join.submit')}
              </Button>
            </Group>
          )}
        />
    </form>
  );
}
