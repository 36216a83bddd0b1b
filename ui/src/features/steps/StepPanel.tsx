import { Tabs } from '@mantine/core';
import { useState } from 'react';
import type { AttemptView, RunStep, RunSummary, StepDetail } from '@/api/types';
import { LogView } from '@/features/logs/LogView';
import { useStep } from '@/features/runs/queries';
import { words } from '@/shared/format';
import { StateMark } from '@/shared/Marks';
import { Empty, Loaded } from '@/shared/Outcome';
import { Panel } from '@/shared/Panel';
import { Progress } from '@/shared/Progress';
import { isTerminal } from '@/shared/states';
import { Ago } from '@/shared/Time';
import { AttemptList } from './AttemptList';
import { FailureBox } from './FailureBox';
import { MetricTable } from './MetricTable';
import { ReadingView } from './ReadingView';
import { StepActions } from './StepActions';
import classes from './StepPanel.module.css';
import { SubRunView } from './SubRunView';
import { UseList } from './UseList';
import { VerdictView } from './VerdictView';

/** Everything about one step of a run: first why it stands where it stands, then the log, then numbers and data. */
export function StepPanel({ run, step, onAct }: { run: RunSummary; step: RunStep; onAct: () => void }) {
  const query = useStep(run.run, step.step);
  const title = (
    <span className={classes.title}>
      {step.step}
      <span className={classes.kind}>
        {step.kind === step.step ? '' : `${words(step.kind)} · `}
        {step.executor}
      </span>
      <StateMark state={step.state} />
    </span>
  );
  return (
    <Panel title={title} id="step" aside={<StepActions run={run.run} step={step} onAct={onAct} />}>
      {step.mark && (
        <p className={classes.reason} data-state={step.mark.outcome}>
          {isTerminal(step.state) ? 'Marked' : 'To be marked'} {step.mark.outcome} by {step.mark.actor}{' '}
          <Ago at={step.mark.at} />: {step.mark.reason}
        </p>
      )}
      {step.reason && !step.mark && step.state !== 'failed' && !step.reading && !step.verdict && (
        <p className={classes.reason} data-state={step.state}>
          {step.reason}
        </p>
      )}
      {step.waits_for && (
        <p className={classes.reason} data-state="waiting">
          {step.waits_for}
        </p>
      )}
      {step.progress && (
        <div className={classes.progress}>
          <Progress progress={step.progress} of={step.step} />
        </div>
      )}
      {step.sub_run && <SubRunView subRun={step.sub_run} />}
      <Loaded query={query} what="the step">
        {(detail) => <StepTabs run={run} detail={detail} state={step.state} />}
      </Loaded>
    </Panel>
  );
}

function StepTabs({ run, detail, state }: { run: RunSummary; detail: StepDetail; state: string }) {
  const plain = detail.metrics.filter((metric) => !metric.slice_column);
  const outputs = Object.entries(detail.output_values);
  return (
    <Tabs defaultValue="overview" keepMounted={false}>
      <Tabs.List mb="sm">
        <Tabs.Tab value="overview">Overview</Tabs.Tab>
        <Tabs.Tab value="metrics">Metrics ({plain.length})</Tabs.Tab>
        <Tabs.Tab value="data">Data ({detail.uses.length})</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="overview">
        <Overview run={run.run} detail={detail} state={state} />
      </Tabs.Panel>
      <Tabs.Panel value="metrics">
        {detail.metrics.length === 0 ? (
          <Empty icon="model" title="No metrics were reported" />
        ) : (
          <MetricTable metrics={detail.metrics} />
        )}
      </Tabs.Panel>
      <Tabs.Panel value="data">
        <UseList dag={run.dag} uses={detail.uses} step={detail.step} />
        {outputs.length > 0 && (
          <dl className={classes.outputs}>
            {outputs.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="mono">{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </Tabs.Panel>
    </Tabs>
  );
}

function Overview({ run, detail, state }: { run: string; detail: StepDetail; state: string }) {
  const newest = detail.attempts.reduce<AttemptView | undefined>(
    (best, each) => (!best || each.number > best.number ? each : best),
    undefined,
  );
  const [chosen, setChosen] = useState<number>();
  const shown = detail.attempts.find((attempt) => attempt.number === chosen) ?? newest;
  return (
    <div className={classes.overview}>
      {state === 'failed' && !detail.step.mark && <FailureBox step={detail.step} attempt={newest} />}
      {detail.step.reading && <ReadingView reading={detail.step.reading} />}
      {detail.step.verdict && <VerdictView verdict={detail.step.verdict} />}
      {detail.attempts.length > 0 && (
        <AttemptList
          attempts={detail.attempts}
          selected={shown?.number}
          onSelect={setChosen}
          next={detail.step.next_attempt_at}
          said={state === 'failed' ? newest?.message : undefined}
        />
      )}
      {shown && <LogView key={shown.number} source={{ run, step: detail.step.step, attempt: shown.number }} />}
      {detail.attempts.length === 0 && !detail.step.reading && !detail.step.verdict && (
        <Empty icon="wait" title="Nothing was launched for this step" />
      )}
    </div>
  );
}
