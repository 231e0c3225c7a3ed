import { IconChartBar, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { duePolls, newQuestions } from '../call/asked';
import { useSelected } from '../call/store';
import { useCall, useMySeat } from './useCall';

/** How many questions and polls wait to be looked at; nothing for a room kit. */
function useAskedCounts() {
  const { session, view } = useCall();
  const me = useMySeat();
  const asked = useSelected(session.live, (live) => live.asked);
  const seen = useSelected(view.state, (state) => state.seenQuestions);
  const panel = useSelected(view.state, (state) => state.panel);
  if (me?.isKit) return { questions: 0, polls: 0 };
  return {
    questions: panel === 'questions' ? 0 : newQuestions(asked, seen),
    polls: panel === 'polls' ? 0 : duePolls(asked, me?.isGuest === true).length,
  };
}

/** The two panels as buttons of the controls or lines of their menu: the same words, icons and numbers. */
export function useAskedActions() {
  const { t } = useTranslation('room');
  const { view } = useCall();
  const panel = useSelected(view.state, (state) => state.panel);
  const counts = useAskedCounts();
  return [
    {
      key: 'questions',
      Icon: IconHelpCircle,
      label: counts.questions > 0 ? t('questions.unread', { count: counts.questions }) : t('questions.title'),
      count: counts.questions,
      open: panel === 'questions',
      run: () => view.togglePanel('questions'),
    },
    {
      key: 'polls',
      Icon: IconChartBar,
      label: counts.polls > 0 ? t('polls.due', { count: counts.polls }) : t('polls.title'),
      count: counts.polls,
      open: panel === 'polls',
      run: () => view.togglePanel('polls'),
    },
  ];
}
