import { IconCircleCheck, IconCircleDashed, IconDots } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type Pupil } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { ActionIcon, Anchor, Button, ErrorNotice, FileButton, Group, Menu, Stack, Text, TextInput } from '@/shared/ui';
import { useGiveConsent, useKeepScan, useRemovePupil, useRenamePupil, useWithdrawConsent } from '../api/classes';
import classes from './Pupils.module.css';

type Props = {
  classId: string;
  pupil: Pupil;
  /** This pupil's consent is being ticked off. */
  ticking: boolean;
  /** The day that was typed last: a pile of papers bears one date. */
  day: string;
  onDay: (day: string) => void;
  onTick: () => void;
  onDone: () => void;
};

/** One pupil: the number that others read, the name, the consent, and what can be done with each. */
export function PupilRow({ classId, pupil, ticking, day, onDay, onTick, onDone }: Props) {
  const { t } = useTranslation(['school_class', 'shared']);
  const { language } = useLanguage();
  const [renaming, setRenaming] = useState(false);
  const [removing, setRemoving] = useState(false);
  const withdraw = useWithdrawConsent(classId);
  const remove = useRemovePupil(classId);
  const keep = useKeepScan(classId);
  const { consent } = pupil;
  const given = consent?.counts === true;
  return (
    <li className={classes.pupil}>
      <Group justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
        <Group gap="sm" wrap="nowrap" align="flex-start" miw={0}>
          {given ? (
            <IconCircleCheck className={classes.given} aria-hidden />
          ) : (
            <IconCircleDashed className={classes.missing} aria-hidden />
          )}
          <div>
            <Text fw={600}>
              {pupil.number}. {pupil.name}
            </Text>
            <Text size="sm" c={given ? 'dimmed' : undefined}>
              {consent
                ? t(given ? 'consent.given' : 'consent.outdated', {
                    by: consent.givenBy,
                    on: formatDate(consent.givenOn, language),
                  })
                : t('consent.none')}
              {consent?.hasScan && (
                <>
                  {' · '}
                  <Anchor
                    href={`/api/school-classes/${classId}/pupils/${pupil.id}/consent/scan`}
                    target="_blank"
                    rel="noopener"
                    size="sm"
                  >
                    {t('consent.scan')}
                  </Anchor>
                </>
              )}
            </Text>
            <Text size="sm" c="dimmed">
              {t('code', { code: pupil.code })}
            </Text>
          </div>
        </Group>
        <Group gap="xs" wrap="nowrap" data-print="no">
          {!given && !ticking && (
            <Button size="xs" variant="light" onClick={onTick} aria-label={t('consent.tickName', { name: pupil.name })}>
              {t('consent.tick')}
            </Button>
          )}
          <FileButton onChange={(file) => file && keep.mutate({ pupilId: pupil.id, file })} accept="application/pdf,image/*">
            {({ onClick }) => (
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('more', { name: pupil.name })}>
                    <IconDots size={20} aria-hidden />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  {consent && <Menu.Item onClick={onClick}>{t('consent.addScan')}</Menu.Item>}
                  {consent && (
                    <Menu.Item onClick={() => withdraw.mutate(pupil.id)}>{t('consent.withdraw')}</Menu.Item>
                  )}
                  <Menu.Item onClick={() => setRenaming(true)}>{t('rename')}</Menu.Item>
                  <Menu.Item color="red" onClick={() => setRemoving(true)}>
                    {t('remove')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </FileButton>
        </Group>
      </Group>
      {ticking && (
        <ConsentForm classId={classId} pupil={pupil} day={day} onDay={onDay} onDone={onDone} />
      )}
      {renaming && <RenameForm classId={classId} pupil={pupil} onDone={() => setRenaming(false)} />}
      {removing && (
        <Group gap="sm" className={classes.form} role="group" aria-label={t('remove')}>
          <Text size="sm">{t('removeText')}</Text>
          <Button size="xs" color="red" loading={remove.isPending} onClick={() => remove.mutate(pupil.id)}>
            {t('remove')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setRemoving(false)}>
            {t('shared:actions.cancel')}
          </Button>
        </Group>
      )}
      <ErrorNotice error={withdraw.error ?? remove.error ?? keep.error} />
    </li>
  );
}

type ConsentProps = Pick<Props, 'classId' | 'pupil' | 'day' | 'onDay' | 'onDone'>;

function ConsentForm({ classId, pupil, day, onDay, onDone }: ConsentProps) {
  const { t } = useTranslation(['school_class', 'shared']);
  const give = useGiveConsent(classId);
  const [by, setBy] = useState('');
  const [tried, setTried] = useState(false);
  const refused = give.error instanceof ApiError ? give.error.fields : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!by.trim() || !day) return;
    give.mutate({ pupilId: pupil.id, givenOn: day, givenBy: by.trim() }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <Stack gap="sm">
        <Group align="flex-start" gap="sm">
          <TextInput
            label={t('consent.by')}
            placeholder={t('consent.byExample')}
            maxLength={150}
            flex="1 1 14rem"
            required
            autoFocus
            value={by}
            onChange={(event) => setBy(event.currentTarget.value)}
            error={tried && !by.trim() ? t('consent.byEmpty') : refused['givenBy']}
          />
          <TextInput
            type="date"
            label={t('consent.on')}
            flex="0 1 10rem"
            required
            value={day}
            onChange={(event) => onDay(event.currentTarget.value)}
            error={refused['givenOn']}
          />
        </Group>
        <ErrorNotice error={give.error} />
        <Group gap="sm">
          <Button type="submit" size="sm" loading={give.isPending}>
            {t('consent.save')}
          </Button>
          <Button size="sm" variant="default" onClick={onDone}>
            {t('shared:actions.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function RenameForm({ classId, pupil, onDone }: Pick<Props, 'classId' | 'pupil' | 'onDone'>) {
  const { t } = useTranslation(['school_class', 'shared']);
  const rename = useRenamePupil(classId);
  const [name, setName] = useState(pupil.name);
  const refused = rename.error instanceof ApiError ? rename.error.fields : {};
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        rename.mutate({ pupilId: pupil.id, name }, { onSuccess: onDone });
      }}
    >
      <Group align="flex-end" gap="sm">
        <TextInput
          label={t('name')}
          maxLength={100}
          flex="1 1 14rem"
          autoFocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={refused['name']}
        />
        <Button type="submit" size="sm" loading={rename.isPending}>
          {t('shared:actions.save')}
        </Button>
        <Button size="sm" variant="default" onClick={onDone}>
          {t('shared:actions.cancel')}
        </Button>
      </Group>
    </form>
  );
}
