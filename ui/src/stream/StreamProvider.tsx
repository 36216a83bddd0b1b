import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { api, body } from '@/api/client';
import { keys } from '@/api/query';
import { applyEvent, Refresher } from './apply';
import { type Source, StreamConnection, type StreamStatus } from './connection';

interface Stream {
  status: StreamStatus;
  /** When the stream was last lost, in milliseconds since 1970. */
  lostAt: number | undefined;
}

/** `polling`: there is no stream, but the server answers when it is asked. */
type Live = Omit<Stream, 'status'> & { status: StreamStatus | 'polling' };

const LiveContext = createContext<Live>({ status: 'connecting', lostAt: undefined });
const PROBE_EVERY = 3_000;

export function StreamProvider({
  children,
  open = openSource,
}: {
  children: ReactNode;
  open?: (url: string) => Source;
}) {
  const client = useQueryClient();
  const [stream, setStream] = useState<Stream>({ status: 'connecting', lostAt: undefined });

  useEffect(() => {
    const refresher = new Refresher(client);
    const connection = new StreamConnection({
      url: '/api/v1/stream',
      open,
      onStatus: (status) =>
        setStream((before) => ({ status, lostAt: status === 'lost' ? (before.lostAt ?? Date.now()) : undefined })),
      onEvent: (event) => refresher.add(applyEvent(client, event)),
      onGap: () => void client.invalidateQueries(),
    });
    connection.start();
    return () => {
      connection.stop();
      refresher.stop();
    };
  }, [client, open]);

  const answering = useProbe(stream);
  const value = useMemo<Live>(() => (answering ? { ...stream, status: 'polling' } : stream), [stream, answering]);
  return <LiveContext value={value}>{children}</LiveContext>;
}

/** While the stream is lost: whether the server has answered since. */
function useProbe({ status, lostAt }: Stream): boolean {
  const probe = useQuery({
    queryKey: keys.server,
    queryFn: ({ signal }) => body(api.GET('/api/v1/server', { signal })),
    enabled: status === 'lost',
    refetchInterval: PROBE_EVERY,
    retry: false,
    staleTime: 0,
  });
  return status === 'lost' && !probe.isError && lostAt !== undefined && probe.dataUpdatedAt > lostAt;
}

export function useLive(): Live {
  return use(LiveContext);
}

/** How often to ask: seldom while events arrive, often while they do not. */
export function useRefetchInterval(busy = false): number {
  const { status } = useLive();
  if (status !== 'open') return 3_000;
  return busy ? 5_000 : 30_000;
}

function openSource(url: string): Source {
  return new EventSource(url);
}
