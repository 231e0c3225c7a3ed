import { IconUsersGroup } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isoDay } from '@/shared/lib/dates';
import { Button, ConfirmButton, EmptyState, Group, Page, Paper, Progress, Section, Stack, Text, TextLink, toast } from '@/shared/ui';
import { classQuery, useDeleteClass } from '../api/classes';
import { AddPupils } from '../components/AddPupils';
import { ConsentText } from '../components/ConsentText';
import { nextWithout } from '../components/next';
import { PupilRow } from '../components/PupilRow';
import classes from '../components/Pupils.module.css';

/** One class: its list, and the consents ticked off one after another. */
export function SchoolClassPage() {
  const { t } = useTranslation(['school_class', 'shared']);
  const { classId } = useParams({ from: '/shell/signed/classes/$classId' });
  const { data: page } = useSuspenseQuery(classQuery(classId));
  const navigate = useNavigate();
  const erase = useDeleteClass(classId);
  const [reading, setReading] = useState(false);
  const [ticking, setTicking] = useState<string | null>(null);
  const [day, setDay] = useState(() => isoDay(new Date()));
  const { pupilCount: total, consentCount: given } = page;
  const whole = total > 0 && given === total;
  return (
    <Page
      title={t('title', { label: page.label })}
      narrow
      back={<TextLink to="/classes">{t('all')}</TextLink>}
      subtitle={[page.institution.name, page.teacher.name].join(' · ')}
      actions={
        <Button variant="default" onClick={() => setReading(true)}>
          {t('text.open')}
        </Button>
      }
    >
      <Stack gap="lg">
        {total > 0 && (
          <Paper p="lg">
            <Stack gap="xs">
              <Text size="lg" fw={600} role="status">
                {t('consent.count', { given, total })}
              </Text>
              <Progress value={(100 * given) / total} color={whole ? 'teal' : 'yellow'} aria-label={t('consent.count', { given, total })} />
              <Text size="sm" c="dimmed">
                {t(whole ? 'consent.whole' : 'consent.missing', { count: total - given })}
              </Text>
            </Stack>
          </Paper>
        )}
        <Section title={t('pupils')}>
          {total === 0 ? (
            <EmptyState icon={<IconUsersGroup size={40} stroke={1.5} />} title={t('list.empty')} text={t('list.emptyText')} />
          ) : (
            <Paper p="lg">
              <ul className={classes.list}>
                {page.pupils.map((pupil) => (
                  <PupilRow
                    key={pupil.id}
                    classId={classId}
                    pupil={pupil}
                    ticking={ticking === pupil.id}
                    day={day}
                    onDay={setDay}
                    onTick={() => setTicking(pupil.id)}
                    onDone={() => setTicking(ticking === pupil.id ? nextWithout(page.pupils, pupil.id) : null)}
                  />
                ))}
              </ul>
            </Paper>
          )}
        </Section>
        <AddPupils classId={classId} />
        <Text size="sm" c="dimmed">
          {t('privacy')}
        </Text>
        <Group>
          <ConfirmButton
            title={t('erase.question')}
            text={t('erase.text')}
            confirm={t('erase.do')}
            onConfirm={() =>
              erase.mutateAsync().then(() => {
                toast(t('erase.done'));
                return navigate({ to: '/classes' });
              })
            }
            pending={erase.isPending}
            error={erase.error}
            color="red"
            variant="light"
          >
            {t('erase.do')}
          </ConfirmButton>
        </Group>
      </Stack>
      {reading && <ConsentText onClose={() => setReading(false)} />}
    </Page>
  );
}
