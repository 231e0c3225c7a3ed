import { useTranslation } from 'react-i18next';
import type { Project } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatMoney, formatValue } from '@/shared/lib/figures';
import { ButtonLink, Facts, Section, Stack, Text } from '@/shared/ui';
import { Frame } from '../components/Frame';
import { formatIsoDay, formatTerm } from '../components/words';

/** The passport as it stands, field by field. */
export function PassportPage() {
  const { t } = useTranslation('project');
  return (
    <Frame
      section="passport"
      actions={({ may, editable, takesFacts }) =>
        may.lead &&
        (editable || takesFacts) && (
          <ButtonLink to="/project/edit" variant="default">
            {t(editable ? 'passport.edit' : 'passport.ask')}
          </ButtonLink>
        )
      }
    >
      {(project) => <Passport project={project} />}
    </Frame>
  );
}

function Passport({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const { passport } = project;
  const lines = (texts: string[]) => (texts.length === 0 ? '‒' : texts.map((text) => <div key={text}>{text}</div>));
  return (
    <Stack>
      <Facts
        facts={[
          [t('fields.goal'), passport.goal],
          [t('passport.term'), formatTerm(passport, language)],
          [
            t('fields.approval'),
            t('passport.approvedBy', {
              body: passport.approval.body,
              date: formatIsoDay(passport.approval.date, language),
              number: passport.approval.minutesNumber,
            }),
          ],
          [t('fields.head'), passport.head],
          [t('fields.responsibleExecutor'), passport.responsibleExecutor],
          [t('fields.municipalProgrammes'), lines(passport.municipalProgrammes)],
          [t('fields.regionalPriorityProjects'), lines(passport.regionalPriorityProjects)],
        ]}
      />
      <Section title={t('fields.participants')}>
        <ul>
          {passport.participants.map(({ position, organisation, part }) => (
            <li key={`${position} ${organisation}`}>
              {position}, {organisation} ({t(`passport.parts.${part}`)})
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('fields.results')}>
        <ol>
          {passport.results.map(({ number, text, indicator }) => (
            <li key={number} value={number}>
              {text}
              {typeof indicator === 'number' && (
                <Text span c="dimmed">
                  {' '}
                  {t('passport.measuredBy', { indicator })}
                </Text>
              )}
            </li>
          ))}
        </ol>
      </Section>
      <Section title={t('fields.indicators')}>
        <ol>
          {passport.indicators.map(({ ordinal, name, unit, baseYear, baseValue, plan }) => (
            <li key={ordinal} value={ordinal}>
              {name}
              <Text size="sm" c="dimmed">
                {[
                  t('passport.baseLine', { year: baseYear, value: formatValue(baseValue, unit, language) }),
                  ...plan
                    .filter(({ value }) => typeof value === 'number')
                    .map(({ year, quarter, value }) =>
                      t('passport.planLine', { quarter, year, value: formatValue(value ?? null, unit, language) }),
                    ),
                ].join('; ')}
              </Text>
            </li>
          ))}
        </ol>
      </Section>
      <Section title={t('fields.funding')}>
        <ul>
          {passport.funding.map(({ source, year, planKopecks }) => (
            <li key={`${source} ${year}`}>
              {t(`sources.${source}`)}, {year}: {formatMoney(planKopecks, language)}
            </li>
          ))}
        </ul>
        <Text fw={600}>{t('passport.total', { sum: formatMoney(project.budget.total.planKopecks, language) })}</Text>
      </Section>
      <Section title={t('fields.stages')}>
        {passport.stages.map((stage) => (
          <div key={stage.number}>
            <Text fw={600}>
              {stage.number}. {stage.name}
            </Text>
            <ul>
              {stage.checkpoints.map(({ number, name, start, end }) => (
                <li key={number}>
                  {number} {name}: {formatTerm({ start, end }, language)}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </Section>
      <Section title={t('fields.risks')}>
        <ol>
          {passport.risks.map(({ number, name, measure }) => (
            <li key={number} value={number}>
              {name}. {t('passport.measure', { measure })}
            </li>
          ))}
        </ol>
      </Section>
    </Stack>
  );
}
