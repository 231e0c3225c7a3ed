import { useTranslation } from 'react-i18next';
import type { Poll } from '@/shared/api';
import classes from './PollChart.module.css';
import { share } from './tally';
import { useOptionWords } from './useOptionWords';

interface Props {
  poll: Poll;
  /** The places of my own choices, where they are known. */
  mine?: readonly number[] | null | undefined;
}

/**
 * The numbers of a poll: a table whose rows are drawn as bars. The numbers are written out, so that neither colour nor
 * length is needed to read it.
 */
export function PollChart({ poll, mine }: Props) {
  const { t } = useTranslation('shared');
  const words = useOptionWords();
  const { counts, voted } = poll.result;
  if (!counts) return null;
  const most = Math.max(1, ...counts);
  return (
    <table className={classes.chart} aria-label={t('poll.results')}>
      <thead className={classes.head}>
        <tr>
          <th scope="col">{t('poll.option')}</th>
          <th scope="col">{t('poll.answers')}</th>
        </tr>
      </thead>
      <tbody>
        {counts.map((count, place) => {
          const right = poll.options[place]?.right === true;
          const notes = [right ? t('poll.right') : '', mine?.includes(place) ? t('poll.mine') : ''].filter(Boolean);
          return (
            // Options have no names of their own: their place is what they are known by.
            <tr key={place} data-right={right || undefined}>
              <th scope="row">
                {words(poll, place)}
                {notes.length > 0 && <small> {notes.join(' · ')}</small>}
                <span className={classes.track} aria-hidden>
                  <span className={classes.bar} style={{ width: `${(count / most) * 100}%` }} />
                </span>
              </th>
              <td>{t('poll.count', { count, percent: share(count, voted) })}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
