import { Link } from '@tanstack/react-router';
import type { Backfill } from '@/api/types';
import { LoadMore } from '@/shared/LoadMore';
import { StateMark } from '@/shared/Marks';
import { Empty, Failed, Loading } from '@/shared/Outcome';
import { Ago } from '@/shared/Time';
import { BackfillActions } from './BackfillActions';
import classes from './Backfills.module.css';
import { ProgressBar } from './ProgressBar';
import { useBackfills } from './queries';

/** A DAG's backfills, newest first. */
export function BackfillList({ dag }: { dag: string }) {
  const query = useBackfills(dag);
  if (!query.data)
    return query.isError ? (
      <Failed error={query.error} retry={() => void query.refetch()} />
    ) : (
      <Loading what="the backfills" />
    );
  const backfills = query.data.pages.flatMap((page) => page.items);
  if (backfills.length === 0) {
    return (
      <Empty icon="queue" title="No backfills yet">
        A backfill runs a stretch of past intervals, as places get free.
      </Empty>
    );
  }
  return (
    <>
      <ul className={classes.list} aria-label={`Backfills of ${dag}`}>
        {backfills.map((backfill) => (
          <li key={backfill.id} className={classes.row}>
            <Link to="/backfills/$id" params={{ id: String(backfill.id) }} className={classes.name}>
              {backfill.id}: {backfill.from} to {backfill.to}
            </Link>
            <StateMark state={faceOf(backfill)} />
            <ProgressBar progress={backfill.progress} />
            <span className={classes.about}>
              {manner(backfill)} · by {backfill.actor} <Ago at={backfill.created_at} />
              {backfill.reason && `: ${backfill.reason}`}
            </span>
            <span className={classes.actions}>
              <BackfillActions backfill={backfill} />
            </span>
          </li>
        ))}
      </ul>
      <LoadMore query={query} what="older backfills" />
    </>
  );
}

/** A finished one looks like what its runs came to. */
export function faceOf(backfill: Backfill): string {
  if (backfill.state !== 'finished') return backfill.state;
  return backfill.progress.failed + backfill.progress.cancelled > 0 ? 'failed' : 'succeeded';
}

const REPROCESS: Record<Backfill['reprocess'], string> = {
  none: 'intervals without a run',
  failed: 'what has no run or failed',
  all: 'every interval again',
};

/** How it goes, in words. */
export function manner(backfill: Backfill): string {
  return [
    backfill.backwards ? 'newest first' : 'oldest first',
    REPROCESS[backfill.reprocess],
    `${backfill.parallel} at once`,
  ].join(', ');
}
