import { Link } from '@tanstack/react-router';
import type { RunSummary } from '@/api/types';
import { elapsed, shortId } from '@/shared/format';
import { Icon } from '@/shared/Icon';
import { isTerminal, stateFace } from '@/shared/states';
import classes from './Dags.module.css';

/** The last runs, oldest on the left, as bars that are coloured, signed and named by their state; height is duration. */
export function RunBars({ dag, runs }: { dag: string; runs: RunSummary[] }) {
  if (runs.length === 0) return <div className={classes.bars} />;
  const took = (run: RunSummary) =>
    run.started_at && run.finished_at ? Date.parse(run.finished_at) - Date.parse(run.started_at) : 0;
  const longest = Math.max(1, ...runs.map(took));
  return (
    <nav className={classes.bars} aria-label={`Last runs of ${dag}`}>
      {runs.toReversed().map((run) => {
        const face = stateFace(run.state);
        const name = `${run.interval?.partition ?? shortId(run.run)}: ${face.word.toLowerCase()}`;
        const time = isTerminal(run.state) ? `, ${elapsed(run.started_at, run.finished_at, 0)}` : '';
        return (
          <Link
            key={run.run}
            to="/runs/$run"
            params={{ run: run.run }}
            className={classes.bar}
            data-state={run.state}
            aria-label={name + time}
            title={name + time}
            style={{ height: 15 + Math.round((took(run) / longest) * 15) }}
          >
            <Icon name={face.icon} size={9} />
          </Link>
        );
      })}
    </nav>
  );
}
