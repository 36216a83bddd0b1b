import type { JobProgress } from '@/api/types';
import classes from './Progress.module.css';

/** Whole percent, rounded down, so that only what is done is shown as done. */
export function percent(progress: JobProgress): number {
  return Math.floor(progress.fraction * 100);
}

/** How far something that runs is: a bar, the number and what it is at. */
export function Progress({ progress, of }: { progress: JobProgress; of: string }) {
  const done = percent(progress);
  return (
    <span className={classes.progress} data-state="running">
      <span
        className={classes.bar}
        role="progressbar"
        aria-label={`Progress of ${of}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={done}
        aria-valuetext={`${done} %${progress.message && `, ${progress.message}`}`}
      >
        <span className={classes.done} style={{ width: `${done}%` }} />
      </span>
      <span className={classes.percent}>{done} %</span>
      {progress.message && <span className={classes.message}>{progress.message}</span>}
    </span>
  );
}
