import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { keys } from '@/api/query';
import { useRefetchInterval } from '@/stream/StreamProvider';

export function useModels() {
  const refetchInterval = useRefetchInterval();
  return useQuery({
    queryKey: keys.models,
    queryFn: ({ signal }) => body(api.GET('/api/v1/models', { signal })),
    refetchInterval,
  });
}

export function useModel(model: string) {
  const refetchInterval = useRefetchInterval();
  return useQuery({
    queryKey: keys.model(model),
    queryFn: ({ signal }) => body(api.GET('/api/v1/models/{model}', { params: { path: { model } }, signal })),
    refetchInterval,
  });
}

/** The model's metrics without slices, newest first. */
export function useModelMetrics(model: string) {
  const refetchInterval = useRefetchInterval();
  return useQuery({
    queryKey: keys.metrics({ model, slices: false }),
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/metrics', { params: { query: { model, slices: false, limit: 1000 } }, signal })),
    refetchInterval,
  });
}

export function useTakeBack(model: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: { version: number; reason: string }) =>
      body(api.POST('/api/v1/models/{model}/champion', { params: { path: { model } }, body: request })),
    onSuccess: (detail) => {
      client.setQueryData(keys.model(model), detail);
      return client.invalidateQueries({ queryKey: keys.models });
    },
  });
}
