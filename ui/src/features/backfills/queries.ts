import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { keys } from '@/api/query';
import type { BackfillRequest } from '@/api/types';
import { useRefetchInterval } from '@/stream/StreamProvider';

export function useBackfills(dag: string) {
  const refetchInterval = useRefetchInterval(true);
  return useInfiniteQuery({
    queryKey: keys.backfills(dag),
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/v1/backfills', {
          params: { query: { dag, limit: 20, ...(pageParam ? { after: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval,
  });
}

export function useBackfill(id: number) {
  const refetchInterval = useRefetchInterval(true);
  return useQuery({
    queryKey: keys.backfill(id),
    queryFn: ({ signal }) => body(api.GET('/api/v1/backfills/{id}', { params: { path: { id: String(id) } }, signal })),
    refetchInterval,
  });
}

export function useBackfillIntervals(id: number) {
  const refetchInterval = useRefetchInterval(true);
  return useInfiniteQuery({
    queryKey: keys.backfillIntervals(id),
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/v1/backfills/{id}/intervals', {
          params: { path: { id: String(id) }, query: { limit: 200, ...(pageParam ? { after: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval,
  });
}

export function usePreview(dag: string) {
  return useMutation({
    mutationFn: (request: BackfillRequest) =>
      body(api.POST('/api/v1/dags/{dag}/backfills/preview', { params: { path: { dag } }, body: request })),
  });
}

export function useBegin(dag: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: BackfillRequest) =>
      body(api.POST('/api/v1/dags/{dag}/backfills', { params: { path: { dag } }, body: request })),
    onSuccess: () => client.invalidateQueries(),
  });
}

export interface Move {
  id: number;
  action: 'pause' | 'resume' | 'cancel';
  reason?: string;
  leaveRunning?: boolean;
}

export function useMove() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, action, reason, leaveRunning }: Move) => {
      const options = {
        params: { path: { id: String(id) } },
        body: { ...(reason ? { reason } : {}), ...(leaveRunning ? { running: 'leave' as const } : {}) },
      };
      switch (action) {
        case 'pause':
          return body(api.POST('/api/v1/backfills/{id}/pause', options));
        case 'resume':
          return body(api.POST('/api/v1/backfills/{id}/resume', options));
        case 'cancel':
          return body(api.POST('/api/v1/backfills/{id}/cancel', options));
      }
    },
    onSuccess: () => client.invalidateQueries(),
  });
}
