import { useTranslation } from 'react-i18next';
import { HelpPage } from '@/features/help/routes/HelpPage';
import { shortcuts } from '@/features/room/call/shortcuts';

/** The help page with the keys of the room: two features that do not know each other. */
export function HelpRoute() {
  const { t } = useTranslation('help');
  return <HelpPage shortcuts={shortcuts.map(({ command, shown }) => ({ keys: shown, does: t(`keys.commands.${command}`) }))} />;
}
