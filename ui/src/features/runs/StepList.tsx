import type { RunDetail, RunStep } from '@/api/types';
import { StateMark } from '@/shared/Marks';
import { Panel } from '@/shared/Panel';
import { Progress } from '@/shared/Progress';
import { Elapsed } from '@/shared/Time';
import { useNow } from '@/shared/useNow';
import classes from './RunPage.module.css';

/** Steps in the order they started, each with the stretch of the run it took. */
export function StepList(props: { detail: RunDetail; selected: string | undefined; onSelect: (step: string) => void }) {
  const now = useNow();
  const { summary, steps } = props.detail;
  // A rerun starts the run's clock again: what ended before it belongs to an earlier stretch of time and gets no bar.
  const from = summary.started_at ? Date.parse(summary.started_at) : now;
  const to = Math.max(summary.finished_at ? Date.parse(summary.finished_at) : now, from + 1);
  const ordered = steps.toSorted((a, b) => order(a) - order(b));
  return (
    <Panel flush>
      {ordered.map((step) => (
        <button
          key={step.step}
          type="button"
          className={classes.stepRow}
          aria-pressed={step.step === props.selected}
          onClick={() => props.onSelect(step.step)}
        >
          <span className={classes.stepName}>
            {step.step} <span className={classes.kind}>{step.kind === step.step ? '' : step.kind}</span>
          </span>
          <span>
            <StateMark state={step.state} />
          </span>
          <span className={classes.track} aria-hidden="true">
            {step.started_at && (!step.finished_at || Date.parse(step.finished_at) >= from) && (
              <Stretch step={step} from={from} to={to} now={now} />
            )}
          </span>
          <span className={classes.took}>
            {step.started_at ? <Elapsed from={step.started_at} to={step.finished_at} /> : '–'}
          </span>
          {step.progress && (
            <span className={classes.stepReason}>
              <Progress progress={step.progress} of={step.step} />
            </span>
          )}
          {(step.waits_for ?? step.reason) && (
            <span className={classes.stepReason}>{step.waits_for ?? step.reason}</span>
          )}
        </button>
      ))}
    </Panel>
  );
}

function Stretch({ step, from, to, now }: { step: RunStep; from: number; to: number; now: number }) {
  const begin = Date.parse(step.started_at ?? '');
  const end = step.finished_at ? Date.parse(step.finished_at) : now;
  const percent = (time: number) => `${Math.min(100, Math.max(0, ((time - from) / (to - from)) * 100))}%`;
  return (
    <span
      className={classes.stretch}
      data-state={step.state}
      style={{ left: percent(begin), right: `calc(100% - ${percent(end)})` }}
    />
  );
}

function order(step: RunStep): number {
  return step.started_at ? Date.parse(step.started_at) : Number.MAX_SAFE_INTEGER;
}
