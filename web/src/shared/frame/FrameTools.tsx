import { ActionIcon, Menu, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconHelp, IconLanguage, IconLifebuoy, IconMessageReport, IconMoon, IconSun } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { languages, useLanguage } from '@/shared/i18n';
import classes from './Frame.module.css';
import { ReportProblem } from './ReportProblem';

/** Help, a way to report a problem, language and theme: on every page, always in this corner. */
export function FrameTools() {
  const { t } = useTranslation('shared');
  const { language, setLanguage } = useLanguage();
  const [reporting, report] = useDisclosure(false);
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const { setColorScheme } = useMantineColorScheme();
  const other = scheme === 'dark' ? 'light' : 'dark';

  return (
    <div className={classes.tools}>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={44} aria-label={t('frame.help')}>
            <IconHelp aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to="/help" leftSection={<IconLifebuoy size={18} aria-hidden />}>
            {t('frame.helpPages')}
          </Menu.Item>
          <Menu.Item onClick={report.open} leftSection={<IconMessageReport size={18} aria-hidden />}>
            {t('frame.report')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={44} aria-label={t('frame.language')}>
            <IconLanguage aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {languages.map((each) => (
            <Menu.Item
              key={each}
              lang={each}
              fw={each === language ? 600 : undefined}
              aria-current={each === language || undefined}
              onClick={() => void setLanguage(each)}
            >
              {t(`frame.languageNames.${each}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={t(`frame.theme.${other}`)}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={44}
          aria-label={t(`frame.theme.${other}`)}
          onClick={() => setColorScheme(other)}
        >
          {scheme === 'dark' ? <IconSun aria-hidden /> : <IconMoon aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <ReportProblem opened={reporting} onClose={report.close} />
    </div>
  );
}
