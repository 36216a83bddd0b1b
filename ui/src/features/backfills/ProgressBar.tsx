import type { Backfill } from '@/api/types';
import classes from './Backfills.module.css';

const PARTS = [
  ['succeeded', 'succeeded', 'succeeded'],
  ['failed', 'failed', 'failed'],
  ['cancelled', 'cancelled', 'cancelled'],
  ['running', 'running', 'running'],
  ['waiting', 'waiting', 'waiting'],
  ['left_out', 'skipped', 'left out'],
] as const;

/** How far a backfill is: a bar for the eye, and the same in words. */
export function ProgressBar({ progress }: { progress: Backfill['progress'] }) {
  const present = PARTS.filter(([part]) => progress[part] > 0);
  const words = present.map(([part, , word]) => `${progress[part]} ${word}`).join(', ');
  return (
    <div className={classes.progress}>
      <div className={classes.bar} role="img" aria-label={`Progress: ${words || 'nothing to do'}`}>
        {present.map(([part, state]) => (
          <span key={part} data-state={state} data-part={part} style={{ flexGrow: progress[part] }} />
        ))}
      </div>
      <div className={classes.words} aria-hidden="true">
        {words || 'nothing to do'} of {progress.total}
      </div>
    </div>
  );
}
