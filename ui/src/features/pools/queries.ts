import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { keys } from '@/api/query';
import { useRefetchInterval } from '@/stream/StreamProvider';

export function usePools() {
  const refetchInterval = useRefetchInterval(true);
  return useQuery({
    queryKey: keys.pools,
    queryFn: ({ signal }) => body(api.GET('/api/v1/pools', { signal })),
    refetchInterval,
  });
}

export interface PoolSize {
  pool: string;
  places: number;
  reason: string;
}

export function useSetPool() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ pool, places, reason }: PoolSize) =>
      body(api.POST('/api/v1/pools/{pool}', { params: { path: { pool } }, body: { places, reason } })),
    onSuccess: () => client.invalidateQueries(),
  });
}
