import { Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import type { RunDetail, RunStep } from '@/api/types';
import { Graph } from '@/features/graph/Graph';
import type { NodeFace } from '@/features/graph/GraphNode';
import { StepPanel } from '@/features/steps/StepPanel';
import { duration } from '@/shared/format';
import { Loaded } from '@/shared/Outcome';
import { Panel } from '@/shared/Panel';
import { percent } from '@/shared/Progress';
import { isTerminal, severity, stateFace } from '@/shared/states';
import { useTitle } from '@/shared/useTitle';
import { useRun } from './queries';
import { RunHeader } from './RunHeader';
import { RunMetrics } from './RunMetrics';
import classes from './RunPage.module.css';
import { StepList } from './StepList';
import { Timeline } from './Timeline';

const route = getRouteApi('/runs/$run');

export function RunPage() {
  const { run } = route.useParams();
  const query = useRun(run);
  const summary = query.data?.summary;
  useTitle(
    summary ? `${summary.interval?.partition ?? 'run'} · ${summary.dag} · ${stateFace(summary.state).word}` : 'Run',
  );
  return (
    <Loaded query={query} what="the run">
      {(detail) => <RunRoom detail={detail} />}
    </Loaded>
  );
}

function RunRoom({ detail }: { detail: RunDetail }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = useMediaQuery('(max-width: 1000px)', undefined, { getInitialValueInEffect: false });
  const selected = search.step ?? telling(detail.steps);
  const select = (step: string) =>
    void navigate({ search: (before) => ({ ...before, step }), replace: true, resetScroll: false });
  const step = detail.steps.find((candidate) => candidate.step === selected);
  return (
    <div className={classes.page}>
      <RunHeader detail={detail} />
      <div className={classes.columns}>
        <div className={classes.graph}>
          <Panel flush>
            <Graph
              label={`Graph of the run, ${declared(detail).length} steps`}
              nodes={faces(detail)}
              edges={detail.edges.map((edge) => ({ ...edge, label: edge.through }))}
              selected={selected}
              onSelect={select}
              maxHeight={narrow ? 430 : 400}
            />
          </Panel>
        </div>
        <div className={classes.step}>
          {step && <StepPanel key={step.step} run={detail.summary} step={step} onAct={() => select(step.step)} />}
        </div>
        <div className={classes.below}>
          <Tabs defaultValue="steps" keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="steps">Steps</Tabs.Tab>
              <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
              <Tabs.Tab value="metrics">Metrics</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="steps" pt="sm">
              <StepList detail={detail} selected={selected} onSelect={select} />
              {detail.former_steps.length > 0 && (
                <p className={classes.former}>
                  No longer in this version of the DAG, kept with their attempts: {detail.former_steps.join(', ')}
                </p>
              )}
            </Tabs.Panel>
            <Tabs.Panel value="timeline" pt="sm">
              <Timeline run={detail.summary.run} />
            </Tabs.Panel>
            <Tabs.Panel value="metrics" pt="sm">
              <RunMetrics run={detail.summary.run} />
            </Tabs.Panel>
          </Tabs>
        </div>
      </div>
    </div>
  );
}

/** The step a person most likely came for: what failed, else what is under way, else the first. */
function telling(steps: RunStep[]): string | undefined {
  return steps.toSorted((a, b) => severity(a.state) - severity(b.state))[0]?.step;
}

/** The steps of the DAG: items of a step are listed below it, and their fate is its own in the graph. */
function declared(detail: RunDetail): RunStep[] {
  return detail.steps.filter((step) => !step.item);
}

function faces(detail: RunDetail): NodeFace[] {
  return declared(detail).map((step) => ({
    id: step.step,
    title: step.step,
    subtitle: subtitle(step),
    state: step.state,
    ...(step.progress ? { progress: percent(step.progress) } : {}),
    ...(step.verdict && step.state === 'succeeded'
      ? { icon: step.verdict.accepted ? ('crown' as const) : ('gate' as const) }
      : {}),
  }));
}

/** Says the decision where one was made, else the state and how long it took. */
function subtitle(step: RunStep): string {
  if (step.state === 'succeeded' && step.verdict) return step.verdict.accepted ? 'gate: accepted' : 'gate: rejected';
  if (step.state === 'skipped' && step.reading) return 'stayed shut';
  const word = stateFace(step.state).word;
  if (step.mark && isTerminal(step.state)) return `marked by ${step.mark.actor}`;
  if (step.started_at && step.finished_at) {
    return `${word} · ${duration(Date.parse(step.finished_at) - Date.parse(step.started_at))}`;
  }
  if (step.progress) return `${word} · ${percent(step.progress)} %`;
  return step.attempts > 1 ? `${word} · attempt ${step.attempts}` : word;
}
