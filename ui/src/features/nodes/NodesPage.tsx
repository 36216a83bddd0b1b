import type { Node } from '@/api/types';
import { duration, plural } from '@/shared/format';
import { Loaded } from '@/shared/Outcome';
import { PageHead } from '@/shared/PageHead';
import { Panel } from '@/shared/Panel';
import { Ago } from '@/shared/Time';
import { useTitle } from '@/shared/useTitle';
import classes from './Nodes.module.css';
import { useNodes } from './queries';

/** The servers that work on this database. */
export function NodesPage() {
  const query = useNodes();
  useTitle('Nodes');
  return (
    <>
      <PageHead title="Nodes" about="The servers that share this database: what each owns, and how its loops go." />
      <Loaded query={query} what="the servers">
        {(page) => (
          <Panel flush>
            <ul className={classes.list} aria-label="Servers">
              {page.items.map((node) => (
                <NodeRow key={node.id} node={node} />
              ))}
            </ul>
          </Panel>
        )}
      </Loaded>
    </>
  );
}

const COLOURS: Record<Node['state'], string> = { alive: 'succeeded', draining: 'running', gone: 'skipped' };

function NodeRow({ node }: { node: Node }) {
  const silent = node.loops.filter((loop) => !loop.alive);
  return (
    <li className={classes.row}>
      <span className={classes.name}>{node.name}</span>
      <span className={classes.state} data-state={COLOURS[node.state]}>
        {node.state}
      </span>
      <span className={classes.muted}>
        {node.version && `version ${node.version}, `}since <Ago at={node.since} />
      </span>
      <span>
        {plural(node.runs, 'run')}, {plural(node.attempts, 'attempt')}
      </span>
      {node.state !== 'gone' && (
        <span className={classes.muted}>lease renewed {duration(node.lease_age_millis)} ago</span>
      )}
      {silent.length > 0 && (
        <span className={classes.silent} data-state="failed">
          silent: {silent.map((loop) => `${loop.loop} for ${duration(loop.silence_millis)}`).join(', ')}
        </span>
      )}
    </li>
  );
}
