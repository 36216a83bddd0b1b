import { Link } from '@tanstack/react-router';
import type { RunSummary } from '@/api/types';
import { shortId } from '@/shared/format';
import { LoadMore } from '@/shared/LoadMore';
import { StateMark } from '@/shared/Marks';
import { Empty, Failed, Loading } from '@/shared/Outcome';
import { Ago, Elapsed } from '@/shared/Time';
import { VirtualRows } from '@/shared/VirtualRows';
import { useRuns } from './queries';
import classes from './RunList.module.css';
import { StepCounts } from './StepCounts';

/** A DAG's runs, newest first. */
export function RunList({ dag }: { dag: string }) {
  const query = useRuns({ dag });
  if (!query.data)
    return query.isError ? (
      <Failed error={query.error} retry={() => void query.refetch()} />
    ) : (
      <Loading what="the runs" />
    );
  const runs = query.data.pages.flatMap((page) => page.items);
  if (runs.length === 0) {
    return (
      <Empty icon="queue" title="No runs yet">
        Run an interval now, or make a backfill of several.
      </Empty>
    );
  }
  return (
    <>
      <VirtualRows items={runs} rowHeight={38} keyOf={(run) => run.run} label="Runs">
        {(run) => <RunRow run={run} />}
      </VirtualRows>
      <LoadMore query={query} what="older runs" />
    </>
  );
}

function RunRow({ run }: { run: RunSummary }) {
  return (
    <Link to="/runs/$run" params={{ run: run.run }} className={classes.row}>
      <span className={classes.name}>{run.interval?.partition ?? shortId(run.run)}</span>
      <span className={classes.state}>
        <StateMark state={run.state} />
      </span>
      <span className={classes.counts}>
        <StepCounts steps={run.steps} />
      </span>
      <span className={classes.reason}>{run.reason || `${run.trigger} by ${run.actor}`}</span>
      <span className={classes.took}>
        <Elapsed from={run.started_at} to={run.finished_at} />
      </span>
      <span className={classes.ago}>
        <Ago at={run.created_at} />
      </span>
    </Link>
  );
}
