import { Link } from '@tanstack/react-router';
import type { DagSummary } from '@/api/types';
import { StateMark } from '@/shared/Marks';
import { Ago } from '@/shared/Time';
import classes from './Dags.module.css';
import { PauseSwitch } from './PauseSwitch';
import { RunBars } from './RunBars';

/** A DAG in the list: who it belongs to, how its last runs went, when it runs next. */
export function DagRow({ dag }: { dag: DagSummary }) {
  const newest = dag.recent_runs[0];
  return (
    <div className={classes.row}>
      <div className={classes.name}>
        <Link to="/dags/$dag" params={{ dag: dag.dag }} className={classes.dag}>
          {dag.dag}
        </Link>
        {dag.owner && <span className={classes.muted}>{dag.owner}</span>}
        {dag.tags.map((tag) => (
          <span key={tag} className={classes.tag}>
            {tag}
          </span>
        ))}
        {dag.title && <div className={classes.title}>{dag.title}</div>}
      </div>
      <div className={classes.newest}>
        {newest ? (
          <>
            <StateMark state={newest.state} />
            <span className={classes.muted}>
              <Ago at={newest.finished_at ?? newest.started_at ?? newest.created_at} />
            </span>
          </>
        ) : (
          <span className={classes.muted}>never ran</span>
        )}
      </div>
      <RunBars dag={dag.dag} runs={dag.recent_runs} />
      <div className={classes.next}>
        {dag.paused ? (
          <span className={classes.muted}>paused</span>
        ) : (
          <>
            <span className={classes.muted}>next</span>{' '}
            {dag.next_run ? <Ago at={dag.next_run} /> : <span className={classes.muted}>none due</span>}
            {dag.catching_up && <span data-state="retrying"> · catching up</span>}
          </>
        )}
        {dag.schedule && <div className={`${classes.muted} mono`}>{dag.schedule}</div>}
      </div>
      <PauseSwitch dag={dag.dag} paused={dag.paused} />
    </div>
  );
}
