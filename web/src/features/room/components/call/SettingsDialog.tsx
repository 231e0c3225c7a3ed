import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Modal } from '@/shared/ui';
import type { DeviceChoice } from '../../call/media';
import { useSelected } from '../../call/store';
import { useCall } from '../../hooks/useCall';
import type { Device } from '../../prejoin/preview';
import { DevicePickers } from '../DevicePickers';
import { LevelMeter } from '../LevelMeter';

/** Another microphone, camera or speakers in the middle of the call. */
export function SettingsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('room');
  return (
    <Modal opened={opened} onClose={onClose} title={t('settings.title')} closeButtonProps={{ 'aria-label': t('notice.close') }}>
      {opened && <Devices />}
    </Modal>
  );
}

interface Known {
  microphones: Device[];
  cameras: Device[];
  speakers: Device[];
}

function Devices() {
  const { session } = useCall();
  const known = useDevices();
  const on = useSelected(session.switches.state, (mine) => mine.microphone);
  const [choice, setChoice] = useState<DeviceChoice>(() => session.devices());
  const choose = async (kind: 'microphone' | 'camera' | 'speaker', id: string) => {
    setChoice({ ...choice, [kind]: id });
    await session.useDevice(kind, id);
    // A device that is busy or gone leaves the one before in use.
    setChoice(session.devices());
  };
  return (
    <DevicePickers
      {...known}
      choice={choice}
      onChoose={(kind, id) => void choose(kind, id)}
      meter={<LevelMeter key={choice.microphone} track={on ? session.microphoneTrack() : null} />}
    />
  );
}

function useDevices(): Known {
  const [known, setKnown] = useState<Known>({ microphones: [], cameras: [], speakers: [] });
  useEffect(() => {
    const media = navigator.mediaDevices as MediaDevices | undefined;
    if (!media) return undefined;
    let over = false;
    const list = async () => {
      const all = await media.enumerateDevices().catch(() => []);
      if (over) return;
      const of = (kind: MediaDeviceKind) =>
        all.filter((device) => device.kind === kind && device.deviceId).map(({ deviceId, label }) => ({ id: deviceId, label }));
      setKnown({ microphones: of('audioinput'), cameras: of('videoinput'), speakers: of('audiooutput') });
    };
    const onChange = () => void list();
    onChange();
    media.addEventListener('devicechange', onChange);
    return () => {
      over = true;
      media.removeEventListener('devicechange', onChange);
    };
  }, []);
  return known;
}
