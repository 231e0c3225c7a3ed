import { useTranslation } from 'react-i18next';
import { useMe } from '@/shared/api';
import { Anchor, Button, Kbd, Page, Paper, Section, Stack, Table, Text, TextLink, useDisclosure } from '@/shared/ui';
import { ReportProblem } from '@/shared/frame';
import { sections } from './sections';
import classes from './HelpPage.module.css';

/** Key names of the call; the application hands them over, since they live with the room. */
export type ShortcutLine = { keys: string; does: string };

/** Help in plain words, on one page that can be searched and printed. */
export function HelpPage({ shortcuts }: { shortcuts: ShortcutLine[] }) {
  const { t } = useTranslation(['help', 'shared']);
  const me = useMe();
  const [reporting, report] = useDisclosure(false);
  return (
    <Page title={t('title')} narrow subtitle={t('subtitle')}>
      <Paper p="lg" mb="xl" component="nav" aria-label={t('contents')}>
        <Stack gap="xs">
          {sections.map(({ id }) => (
            <Anchor key={id} href={`#${id}`}>
              {t(`${id}.title`)}
            </Anchor>
          ))}
          <Anchor href="#keys">{t('keys.title')}</Anchor>
        </Stack>
      </Paper>
      {sections.map(({ id, steps }) => (
        <div key={id} id={id} className={classes.anchor}>
          <Section title={t(`${id}.title`)}>
            <ol className={classes.steps}>
              {steps.map((step) => (
                <li key={step}>{t(`${id}.${step}` as 'joining.link')}</li>
              ))}
            </ol>
          </Section>
        </div>
      ))}
      <div id="keys" className={classes.anchor}>
        <Section title={t('keys.title')}>
          <Text mb="sm">{t('keys.text')}</Text>
          <Paper>
            <Table aria-label={t('keys.title')}>
              <Table.Tbody>
                {shortcuts.map(({ keys, does }) => (
                  <Table.Tr key={keys}>
                    <Table.Td w={140}>
                      <Kbd size="md">{keys}</Kbd>
                    </Table.Td>
                    <Table.Td>{does}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Paper>
        </Section>
      </div>
      <Section title={t('ask.title')}>
        <Text mb="sm">{t('ask.text')}</Text>
        <Button variant="default" onClick={report.open}>
          {t('shared:frame.report')}
        </Button>
        <ReportProblem opened={reporting} onClose={report.close} />
      </Section>
      <Text size="sm">
        <TextLink to="/privacy">{t('privacy')}</TextLink>
        {' · '}
        <TextLink to="/help/errors">{t('errorsPage.title')}</TextLink>
        {!me.person && (
          <>
            {' · '}
            <TextLink to="/sign-in">{t('shared:actions.signIn')}</TextLink>
          </>
        )}
      </Text>
    </Page>
  );
}
