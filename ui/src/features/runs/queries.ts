import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { keys } from '@/api/query';
import type { RunState } from '@/api/types';
import { isTerminal } from '@/shared/states';
import { useRefetchInterval } from '@/stream/StreamProvider';

export function useRuns(filter: { dag?: string; state?: RunState }) {
  const refetchInterval = useRefetchInterval();
  return useInfiniteQuery({
    queryKey: keys.runs(filter),
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/v1/runs', {
          params: { query: { ...filter, limit: 50, ...(pageParam ? { after: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval,
  });
}

export function useRun(run: string) {
  const busy = useRefetchInterval(true);
  const calm = useRefetchInterval();
  return useQuery({
    queryKey: keys.run(run),
    queryFn: ({ signal }) => body(api.GET('/api/v1/runs/{run}', { params: { path: { run } }, signal })),
    refetchInterval: (query) => (isTerminal(query.state.data?.summary.state ?? 'running') ? calm : busy),
  });
}

export function useStep(run: string, step: string) {
  const busy = useRefetchInterval(true);
  const calm = useRefetchInterval();
  return useQuery({
    queryKey: keys.step(run, step),
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/runs/{run}/steps/{step}', { params: { path: { run, step } }, signal })),
    refetchInterval: (query) => (isTerminal(query.state.data?.step.state ?? 'running') ? calm : busy),
  });
}

/** A run's history, oldest first, a page at a time. */
export function useEvents(run: string) {
  const refetchInterval = useRefetchInterval();
  return useInfiniteQuery({
    queryKey: keys.events(run),
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/v1/runs/{run}/events', {
          params: { path: { run }, query: { limit: 200, ...(pageParam ? { after: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval,
  });
}

export interface Rerun {
  run: string;
  from: 'failed' | 'all' | 'step';
  step?: string;
  /** With a step: the step alone. */
  only?: boolean;
  latest?: boolean;
  reason: string;
}

export function useRerun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ run, from, step, only, latest, reason }: Rerun) =>
      body(
        api.POST('/api/v1/runs/{run}/rerun', {
          params: { path: { run } },
          body: {
            from,
            ...(step ? { step } : {}),
            ...(only ? { only } : {}),
            ...(latest ? { version: 'latest' as const } : {}),
            ...(reason ? { reason } : {}),
          },
        }),
      ),
    onSuccess: () => client.invalidateQueries(),
  });
}

export interface Mark {
  run: string;
  step: string;
  state: 'succeeded' | 'failed';
  reason: string;
}

export function useMark() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ run, step, state, reason }: Mark) =>
      body(
        api.POST('/api/v1/runs/{run}/steps/{step}/mark', { params: { path: { run, step } }, body: { state, reason } }),
      ),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useCancelRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ run, reason }: { run: string; reason: string }) =>
      body(api.POST('/api/v1/runs/{run}/cancel', { params: { path: { run } }, body: reason ? { reason } : {} })),
    onSuccess: () => client.invalidateQueries(),
  });
}
