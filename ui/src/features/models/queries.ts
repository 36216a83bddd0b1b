import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { keys } from '@/api/query';
import type { MetricView } from '@/api/types';
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

/** Pages that are looked at most: enough for years of weekly intervals. */
const MOST_PAGES = 8;

async function allMetrics(model: string, signal: AbortSignal): Promise<MetricView[]> {
  const metrics: MetricView[] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { model, slices: false, limit: 500, ...(after ? { after } : {}) };
    const { items, next } = await body(api.GET('/api/v1/metrics', { params: { query }, signal }));
    metrics.push(...items);
    if (!next) break;
    after = next;
  }
  return metrics;
}

/** The model's metrics without slices. */
export function useModelMetrics(model: string) {
  const refetchInterval = useRefetchInterval();
  return useQuery({
    queryKey: keys.metrics({ model, slices: false }),
    queryFn: ({ signal }) => allMetrics(model, signal),
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
