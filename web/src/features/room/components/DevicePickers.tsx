import { IconMicrophone, IconVideo, IconVolume } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Group, NativeSelect, Stack, Text } from '@/shared/ui';
import type { DeviceChoice } from '../call/media';
import type { Device } from '../prejoin/preview';
import { canChooseSpeaker, playTest } from '../prejoin/sound';

interface Props {
  microphones: readonly Device[];
  cameras: readonly Device[];
  speakers: readonly Device[];
  choice: DeviceChoice;
  onChoose: (kind: 'microphone' | 'camera' | 'speaker', id: string) => void;
  /** The level meter, which belongs under the microphone. */
  meter?: ReactNode;
}

/** Which microphone, camera and speakers; before the call and in the middle of it. */
export function DevicePickers({ microphones, cameras, speakers, choice, onChoose, meter }: Props) {
  const { t } = useTranslation('room');
  const [playing, setPlaying] = useState(false);
  const test = async () => {
    setPlaying(true);
    await playTest(choice.speaker).catch(() => undefined);
    setPlaying(false);
  };
  return (
    <Stack gap="md">
      <Picker
        label={t('preview.microphone')}
        icon={<IconMicrophone size={18} aria-hidden />}
        devices={microphones}
        value={choice.microphone}
        onChoose={(id) => onChoose('microphone', id)}
      />
      {meter}
      <Picker
        label={t('preview.camera')}
        icon={<IconVideo size={18} aria-hidden />}
        devices={cameras}
        value={choice.camera}
        onChoose={(id) => onChoose('camera', id)}
      />
      {canChooseSpeaker() ? (
        <Picker
          label={t('preview.speaker')}
          icon={<IconVolume size={18} aria-hidden />}
          devices={speakers}
          value={choice.speaker}
          onChoose={(id) => onChoose('speaker', id)}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {t('settings.speakerHint')}
        </Text>
      )}
      <Group>
        <Button size="sm" variant="default" onClick={() => void test()} disabled={playing} leftSection={<IconVolume size={18} aria-hidden />}>
          {t(playing ? 'preview.testPlaying' : 'preview.testSound')}
        </Button>
      </Group>
    </Stack>
  );
}

interface PickerProps {
  label: string;
  icon: ReactNode;
  devices: readonly Device[];
  value: string | undefined;
  onChoose: (id: string) => void;
}

/** The browser's own list: it opens where there is room, works by key and by thumb, and is known to everybody. */
function Picker({ label, icon, devices, value, onChoose }: PickerProps) {
  const { t } = useTranslation('room');
  const data = devices.map((device, index) => ({
    value: device.id,
    // Browsers hide the names until access is given.
    label: device.label || t('preview.unnamed', { number: index + 1 }),
  }));
  const known = data.some((option) => option.value === value);
  return (
    <NativeSelect
      label={label}
      leftSection={icon}
      data={data.length > 0 ? data : [{ value: '', label: t('preview.none') }]}
      value={(known ? value : data[0]?.value) ?? ''}
      onChange={(event) => onChoose(event.currentTarget.value)}
      disabled={data.length === 0}
    />
  );
}
