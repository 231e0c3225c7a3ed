import { useTranslation } from 'react-i18next';
import { Kbd, Modal, Text } from '@/shared/ui';
import { shortcuts } from '../../call/shortcuts';
import classes from './Call.module.css';

/** The table of keys, as the handler reads it. */
export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('room');
  return (
    <Modal opened={opened} onClose={onClose} title={t('shortcuts.title')} closeButtonProps={{ 'aria-label': t('notice.close') }}>
      <dl className={classes.keys}>
        {shortcuts.map((shortcut) => (
          <div key={shortcut.command}>
            <dt>
              <Kbd>{shortcut.command === 'talk' ? t('shortcuts.space') : shortcut.shown}</Kbd>
            </dt>
            <dd>{t(`shortcuts.${shortcut.command}`)}</dd>
          </div>
        ))}
      </dl>
      <Text size="sm" c="dimmed">
        {t('shortcuts.hint')}
      </Text>
    </Modal>
  );
}
