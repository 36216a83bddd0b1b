import type { DagSummary, JobProgress, RunDetail, RunState, RunSummary, StepDetail, StepState } from '@/api/types';

/** All functions here are pure and give the same object back when nothing changes, so that React draws nothing again. */

export function mergeStep(detail: RunDetail, run: string, step: string, state: StepState): RunDetail {
  const index = detail.steps.findIndex((candidate) => candidate.step === step);
  const before = detail.steps[index];
  if (detail.summary.run !== run || !before || before.state === state) return detail;
  const steps = detail.steps.slice();
  const { progress, ...rest } = before;
  steps[index] = { ...rest, state, ...(state === 'running' && progress ? { progress } : {}) };
  return {
    ...detail,
    steps,
    summary: { ...detail.summary, steps: recount(detail.summary.steps, before.state, state) },
  };
}

/** A step that does not run any more is at its end, whatever a late word says. */
export function mergeProgress(detail: RunDetail, step: string, progress: JobProgress): RunDetail {
  const steps = mergeList(detail.steps, (each) =>
    each.step === step && each.state === 'running' && !same(each.progress, progress) ? { ...each, progress } : each,
  );
  return steps === detail.steps ? detail : { ...detail, steps };
}

export function mergeAttemptProgress(detail: StepDetail, attempt: number, progress: JobProgress): StepDetail {
  const attempts = mergeList(detail.attempts, (each) =>
    each.number === attempt && each.state === 'running' && !same(each.progress, progress)
      ? { ...each, progress }
      : each,
  );
  return attempts === detail.attempts ? detail : { ...detail, attempts };
}

function same(before: JobProgress | undefined, now: JobProgress): boolean {
  return before?.fraction === now.fraction && before.message === now.message;
}

export function mergeRun(detail: RunDetail, run: string, state: RunState): RunDetail {
  const summary = mergeSummary(detail.summary, run, state);
  return summary === detail.summary ? detail : { ...detail, summary };
}

export function mergeSummary(summary: RunSummary, run: string, state: RunState): RunSummary {
  return summary.run !== run || summary.state === state ? summary : { ...summary, state };
}

export function mergeDag(dag: DagSummary, run: string, state: RunState): DagSummary {
  const recent = mergeList(dag.recent_runs, (summary) => mergeSummary(summary, run, state));
  return recent === dag.recent_runs ? dag : { ...dag, recent_runs: recent };
}

export function mergeList<T>(items: T[], merge: (item: T) => T): T[] {
  let changed = false;
  const merged = items.map((item) => {
    const next = merge(item);
    changed ||= next !== item;
    return next;
  });
  return changed ? merged : items;
}

function recount(counts: Record<string, number>, from: StepState, to: StepState): Record<string, number> {
  const next = { ...counts, [to]: (counts[to] ?? 0) + 1 };
  const left = (counts[from] ?? 0) - 1;
  if (left > 0) next[from] = left;
  else delete next[from];
  return next;
}
