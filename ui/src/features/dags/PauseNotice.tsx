import type { DagSummary } from '@/api/types';
import { plural } from '@/shared/format';
import { Icon } from '@/shared/Icon';
import { Ago } from '@/shared/Time';
import classes from './Dags.module.css';

const MOST_COUNTED = 1000;

/** Says of a paused DAG who paused it, since when and why, and what unpausing would do about what passed. */
export function PauseNotice({ dag }: { dag: DagSummary }) {
  const { pause } = dag;
  if (!dag.paused || !pause) return null;
  const missed = pause.missed_intervals;
  return (
    <p className={classes.notice} data-state="cancelled" role="status">
      <Icon name="stop" size={14} />
      <span>
        Paused{pause.actor && ` by ${pause.actor}`} {pause.at && <Ago at={pause.at} />}
        {pause.reason && `: ${pause.reason}`}.{' '}
        {missed === 0
          ? 'No interval has ended since.'
          : `${missed >= MOST_COUNTED ? `${MOST_COUNTED} intervals or more` : plural(missed, 'interval')} ended meanwhile; unpausing makes ${plural(pause.due_runs, 'run')} of them at once.`}
      </span>
    </p>
  );
}
