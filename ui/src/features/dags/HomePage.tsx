import type { DagSummary } from '@/api/types';
import { isBroken } from '@/features/alerts/faces';
import { OpenAlerts } from '@/features/alerts/OpenAlerts';
import { useAlerts } from '@/features/alerts/queries';
import { plural } from '@/shared/format';
import { Icon } from '@/shared/Icon';
import { Empty, Loaded } from '@/shared/Outcome';
import { Panel } from '@/shared/Panel';
import { useTitle } from '@/shared/useTitle';
import { VirtualRows } from '@/shared/VirtualRows';
import { DagRow } from './DagRow';
import classes from './Dags.module.css';
import { FileProblems } from './FileProblems';
import { useDags } from './queries';

/** The first page: what is wrong, then every DAG with how it has been going. */
export function HomePage() {
  const query = useDags();
  useTitle('DAGs');
  return (
    <div className={classes.home}>
      <Verdict dags={query.data?.items} />
      <OpenAlerts />
      <FileProblems />
      <Loaded query={query} what="the DAGs">
        {(page) => <DagList dags={page.items} />}
      </Loaded>
    </div>
  );
}

/** One line that a tired person can trust. */
function Verdict({ dags }: { dags: DagSummary[] | undefined }) {
  const alerts = useAlerts(true);
  if (!dags || !alerts.data) return <h1 className="visually-hidden">DAGs</h1>;
  const broken = alerts.data.items.filter(isBroken);
  const affected = new Set(broken.map((alert) => alert.dag)).size;
  const going = dags.flatMap((dag) => dag.recent_runs).filter((run) => run.state === 'running').length;
  const state = broken.length > 0 ? 'failed' : 'succeeded';
  return (
    <header className={classes.verdict} data-state={state}>
      <Icon name={broken.length > 0 ? 'alert' : 'check'} size={20} />
      <h1>
        {broken.length > 0 ? `${plural(affected, 'DAG')} ${affected === 1 ? 'needs' : 'need'} you` : 'Nothing is wrong'}
      </h1>
      <span className={classes.verdictFacts}>
        {plural(dags.length, 'DAG')} · {plural(going, 'run')} under way
        {dags.some((dag) => dag.paused) && ` · ${dags.filter((dag) => dag.paused).length} paused`}
      </span>
    </header>
  );
}

function DagList({ dags }: { dags: DagSummary[] }) {
  if (dags.length === 0) {
    return (
      <Panel>
        <Empty icon="dags" title="No DAGs yet">
          Put a file named <code>something.dag.yaml</code> into one of the server’s DAG folders. It shows up here by
          itself.
        </Empty>
      </Panel>
    );
  }
  return (
    <Panel title="DAGs" id="dags" flush>
      <VirtualRows items={dags} rowHeight={58} keyOf={(dag) => dag.dag} label="DAGs">
        {(dag) => <DagRow dag={dag} />}
      </VirtualRows>
    </Panel>
  );
}
