import { Link } from '@tanstack/react-router';
import type { RunDetail } from '@/api/types';
import { Copy } from '@/shared/Copy';
import { shortHash, shortId } from '@/shared/format';
import { StateMark } from '@/shared/Marks';
import { Ago, Elapsed } from '@/shared/Time';
import { RunActions } from './RunActions';
import classes from './RunPage.module.css';

export function RunHeader({ detail }: { detail: RunDetail }) {
  const { summary } = detail;
  const parameters = Object.entries(summary.parameters);
  return (
    <header className={classes.header}>
      <div className={classes.heading}>
        <div className={classes.titleRow}>
          <h1>
            <Link to="/dags/$dag" params={{ dag: summary.dag }}>
              {summary.dag}
            </Link>{' '}
            / {summary.interval?.partition ?? shortId(summary.run)}
          </h1>
          <StateMark state={summary.state} />
        </div>
        <div className={classes.meta}>
          <span>
            took <Elapsed from={summary.started_at} to={summary.finished_at} />
          </span>
          <span>
            started <Ago at={summary.started_at} />
          </span>
          <span>
            {detail.caller ? (
              <>
                started by step{' '}
                <Link to="/runs/$run" params={{ run: detail.caller.run }} search={{ step: detail.caller.step }}>
                  {detail.caller.step}
                </Link>{' '}
                of {detail.caller.dag}
              </>
            ) : (
              `${summary.trigger} by ${summary.actor}`
            )}
          </span>
          <span>
            run <Copy text={summary.run} shown={shortId(summary.run)} />
          </span>
          <span>
            version <Copy text={summary.version} shown={shortHash(summary.version)} />
          </span>
          {parameters.map(([name, value]) => (
            <span key={name}>
              {name} = <span className="mono">{value}</span>
            </span>
          ))}
        </div>
        {summary.reason && (
          <p className={classes.reason} data-state={summary.state}>
            {summary.reason}
          </p>
        )}
      </div>
      <RunActions detail={detail} />
    </header>
  );
}
