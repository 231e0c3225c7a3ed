import { IconMicrophone, IconMicrophoneOff, IconPhoneOff, IconVideo, IconVideoOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { initials } from '../../call/people';
import { useSelected, useStore } from '../../call/store';
import { useCall, useListening } from '../../hooks/useCall';
import classes from './Call.module.css';

/** The small window above others: the shared screen or the speaker, and the three buttons one needs there. */
export function PictureContent({ target }: { target: Window }) {
  const { t } = useTranslation('room');
  const { session, stage, view } = useCall();
  const listening = useListening();
  const people = useSelected(stage, (media) => media.people);
  const mine = useStore(session.switches.state);
  const speaker = useSelected(view.state, (state) => state.speaker);
  const sharing = people.find((person) => person.screen && !person.local);
  const shown = sharing ?? people.find((person) => person.id === speaker) ?? people.find((person) => !person.local) ?? people[0];
  const picture = sharing?.screen ?? shown?.camera ?? null;
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => (picture && element.current ? picture.attach(element.current) : undefined), [picture]);

  return createPortal(
    <div className={classes.pictureWindow}>
      {picture ? (
        <video ref={element} muted playsInline autoPlay data-contain={sharing ? true : undefined} />
      ) : (
        <div className={classes.faceless}>
          <span>{initials(shown?.name ?? '')}</span>
        </div>
      )}
      <div className={classes.pictureTools}>
        {!listening && (
          <>
            <button
              type="button"
              className={classes.control}
              data-off={!mine.microphone || undefined}
              aria-label={t(mine.microphone ? 'controls.microphoneOff' : 'controls.microphoneOn')}
              onClick={() => void session.setSwitch('microphone', !mine.microphone)}
            >
              {mine.microphone ? <IconMicrophone aria-hidden /> : <IconMicrophoneOff aria-hidden />}
            </button>
            <button
              type="button"
              className={classes.control}
              data-off={!mine.camera || undefined}
              aria-label={t(mine.camera ? 'controls.cameraOff' : 'controls.cameraOn')}
              onClick={() => void session.setSwitch('camera', !mine.camera)}
            >
              {mine.camera ? <IconVideo aria-hidden /> : <IconVideoOff aria-hidden />}
            </button>
          </>
        )}
        <button type="button" className={`${classes.control} ${classes.leave}`} aria-label={t('controls.leave')} onClick={() => void session.leave()}>
          <IconPhoneOff aria-hidden />
        </button>
      </div>
    </div>,
    target.document.body,
  );
}
