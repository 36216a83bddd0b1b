import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client';

/** One place for cache keys: the first word says what, so that a change can be aimed at all of its kind. */
export const keys = {
  server: ['server'] as const,
  dags: ['dags'] as const,
  dagProblems: ['dag-problems'] as const,
  dag: (dag: string) => ['dag', dag] as const,
  versionChanges: (dag: string, version: string) => ['version-changes', dag, version] as const,
  schedule: (dag: string, version: string) => ['schedule', dag, version] as const,
  runs: (filter: { dag?: string; state?: string }) => ['runs', filter] as const,
  run: (run: string) => ['run', run] as const,
  step: (run: string, step: string) => ['step', run, step] as const,
  events: (run: string) => ['events', run] as const,
  backfills: (dag: string) => ['backfills', dag] as const,
  backfill: (id: number) => ['backfill', id] as const,
  backfillIntervals: (id: number) => ['backfill-intervals', id] as const,
  metrics: (filter: Record<string, string | boolean | undefined>) => ['metrics', filter] as const,
  models: ['models'] as const,
  model: (model: string) => ['model', model] as const,
  datasets: ['datasets'] as const,
  dataset: (dag: string, dataset: string) => ['dataset', dag, dataset] as const,
  lineage: (node: string, direction: string) => ['lineage', node, direction] as const,
  pools: ['pools'] as const,
  nodes: ['nodes'] as const,
  alerts: (open: boolean) => ['alerts', open] as const,
};

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The server is on this machine or next to it: the browser's own idea of being online says nothing.
        networkMode: 'always',
        staleTime: 4_000,
        gcTime: 30 * 60_000,
        // A refusal does not change by asking again; a server that is away may come back.
        retry: (failures, error) => !(error instanceof ApiError && error.status < 500) && failures < 2,
        retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 4_000),
        refetchOnWindowFocus: true,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
