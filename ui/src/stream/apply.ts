import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query';
import { keys } from '@/api/query';
import type { DagDetail, DagSummary, RunDetail, RunSummary, StepDetail } from '@/api/types';
import type { StreamEvent } from './events';
import { mergeAttemptProgress, mergeDag, mergeList, mergeProgress, mergeRun, mergeStep, mergeSummary } from './merge';

interface Page<T> {
  items: T[];
  next?: string;
}

/** Recolours what is on the screen at once, and tells which cached answers are old now. */
export function applyEvent(client: QueryClient, event: StreamEvent): QueryKey[] {
  switch (event.type) {
    case 'step':
      client.setQueryData<RunDetail>(
        keys.run(event.run),
        (old) => old && mergeStep(old, event.run, event.step, event.state),
      );
      return [keys.run(event.run), keys.step(event.run, event.step), keys.events(event.run), ['runs'], keys.dags];
    case 'progress':
      // The event says all there is: nothing need be asked again.
      client.setQueryData<RunDetail>(
        keys.run(event.run),
        (old) => old && mergeProgress(old, event.step, event.progress),
      );
      client.setQueryData<StepDetail>(
        keys.step(event.run, event.step),
        (old) => old && mergeAttemptProgress(old, event.attempt, event.progress),
      );
      return [];
    case 'run':
      recolourRun(client, event.run, event.state);
      return [
        keys.run(event.run),
        keys.events(event.run),
        ['runs'],
        keys.dags,
        keys.dag(event.dag),
        ['dataset'],
        keys.datasets,
        keys.backfills(event.dag),
        ['backfill'],
        ['backfill-intervals'],
      ];
    case 'alert':
      return [['alerts']];
    case 'model':
      return [keys.models, keys.model(event.model), ['metrics']];
    case 'dag':
      return [keys.dags, keys.dag(event.dag), keys.dagProblems, keys.datasets];
  }
}

function recolourRun(client: QueryClient, run: string, state: RunSummary['state']): void {
  client.setQueryData<RunDetail>(keys.run(run), (old) => old && mergeRun(old, run, state));
  client.setQueryData<Page<DagSummary>>(keys.dags, (old) => old && withItems(old, (dag) => mergeDag(dag, run, state)));
  client.setQueriesData<DagDetail>(
    { queryKey: ['dag'] },
    (old) => old && { ...old, summary: mergeDag(old.summary, run, state) },
  );
  client.setQueriesData<InfiniteData<Page<RunSummary>>>({ queryKey: ['runs'] }, (old) => {
    if (!old) return old;
    const pages = mergeList(old.pages, (page) => withItems(page, (summary) => mergeSummary(summary, run, state)));
    return pages === old.pages ? old : { ...old, pages };
  });
}

function withItems<T>(page: Page<T>, merge: (item: T) => T): Page<T> {
  const items = mergeList(page.items, merge);
  return items === page.items ? page : { ...page, items };
}

/** Gathers what is old and asks again once for many events: a wide run may change a hundred steps in a second. */
export class Refresher {
  private readonly waiting = new Map<string, QueryKey>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: QueryClient,
    private readonly delay = 400,
  ) {}

  add(stale: QueryKey[]): void {
    for (const key of stale) this.waiting.set(JSON.stringify(key), key);
    this.timer ??= setTimeout(() => this.flush(), this.delay);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private flush(): void {
    this.timer = undefined;
    const stale = [...this.waiting.values()];
    this.waiting.clear();
    for (const queryKey of stale) void this.client.invalidateQueries({ queryKey });
  }
}
