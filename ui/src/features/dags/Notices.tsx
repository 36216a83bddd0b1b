import type { DagSummary } from '@/api/types';
import { plural } from '@/shared/format';
import { Icon } from '@/shared/Icon';
import { Ago } from '@/shared/Time';
import classes from './Dags.module.css';

const MOST_COUNTED = 1000;

/** Says of a DAG that catches up with everything how far it is behind, and what to do if that is not wanted. */
export function CatchUpNotice({ dag }: { dag: DagSummary }) {
  const behind = dag.catching_up;
  if (!behind) return null;
  return (
    <p className={classes.notice} data-state="retrying" role="status">
      <Icon name="alert" size={14} />
      <span>
        Catching up:{' '}
        {behind.intervals >= MOST_COUNTED ? `${MOST_COUNTED} intervals or more` : plural(behind.intervals, 'interval')}{' '}
        ended and have no run yet. At most {behind.most_waiting} runs wait at a time; more are made as these go. To run
        less of the past, pause the DAG and give its schedule a later start or another catchup.
      </span>
    </p>
  );
}

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
