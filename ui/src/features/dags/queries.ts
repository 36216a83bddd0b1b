import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { keys } from '@/api/query';
import { useRefetchInterval } from '@/stream/StreamProvider';

export function useDags() {
  const refetchInterval = useRefetchInterval();
  return useQuery({
    queryKey: keys.dags,
    queryFn: ({ signal }) => body(api.GET('/api/v1/dags', { signal })),
    refetchInterval,
  });
}

export function useDagProblems() {
  const refetchInterval = useRefetchInterval();
  return useQuery({
    queryKey: keys.dagProblems,
    queryFn: ({ signal }) => body(api.GET('/api/v1/dags/problems', { signal })),
    refetchInterval,
  });
}

export function useDag(dag: string) {
  const refetchInterval = useRefetchInterval();
  return useQuery({
    queryKey: keys.dag(dag),
    queryFn: ({ signal }) => body(api.GET('/api/v1/dags/{dag}', { params: { path: { dag } }, signal })),
    refetchInterval,
  });
}

/** What a version changed. Versions never change, so the answer is good for ever. */
export function useVersionChanges(dag: string, version: string) {
  return useQuery({
    queryKey: keys.versionChanges(dag, version),
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/dags/{dag}/versions/{version}/changes', { params: { path: { dag, version } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

const FIRES_SHOWN = 5;

/** The next times at which the schedule of a version makes runs. */
export function useFires(dag: string, version: string) {
  const refetchInterval = useRefetchInterval();
  return useQuery({
    queryKey: keys.schedule(dag, version),
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/v1/dags/{dag}/schedule', { params: { path: { dag }, query: { limit: FIRES_SHOWN } }, signal }),
      ),
    refetchInterval,
  });
}

export function usePause() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ dag, paused }: { dag: string; paused: boolean }) => {
      const options = { params: { path: { dag } } };
      return body(
        paused ? api.POST('/api/v1/dags/{dag}/pause', options) : api.POST('/api/v1/dags/{dag}/unpause', options),
      );
    },
    onSuccess: (_, { dag }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.dags }),
        client.invalidateQueries({ queryKey: keys.dag(dag) }),
      ]),
  });
}

export function useCreateRun(dag: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: { interval?: string; parameters?: Record<string, string> }) =>
      body(api.POST('/api/v1/dags/{dag}/runs', { params: { path: { dag } }, body: request })),
    onSuccess: () => client.invalidateQueries(),
  });
}
