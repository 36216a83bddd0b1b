import { useQuery } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { keys } from '@/api/query';

/** Leases are renewed every few seconds, and no event tells of it. */
const LOOK_EVERY = 5_000;

export function useNodes() {
  return useQuery({
    queryKey: keys.nodes,
    queryFn: ({ signal }) => body(api.GET('/api/v1/nodes', { signal })),
    refetchInterval: LOOK_EVERY,
  });
}
