import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { keys } from '@/api/query';
import { useRefetchInterval } from '@/stream/StreamProvider';

export function useAlerts(open: boolean) {
  const refetchInterval = useRefetchInterval();
  return useQuery({
    queryKey: keys.alerts(open),
    queryFn: ({ signal }) => body(api.GET('/api/v1/alerts', { params: { query: open ? { open } : {} }, signal })),
    refetchInterval,
  });
}

export function useResolveAlert() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: { id: number; reason: string }) =>
      body(api.POST('/api/v1/alerts/{id}/resolve', { params: { path: { id } }, body: { reason } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['alerts'] }),
  });
}
