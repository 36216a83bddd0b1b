import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { applyEvent, Refresher } from './apply';
import { type Source, StreamConnection, type StreamStatus } from './connection';

interface Live {
  status: StreamStatus;
  /** When the stream was last lost, in milliseconds since 1970. */
  lostAt: number | undefined;
}

const LiveContext = createContext<Live>({ status: 'connecting', lostAt: undefined });

export function StreamProvider({
  children,
  open = openSource,
}: {
  children: ReactNode;
  open?: (url: string) => Source;
}) {
  const client = useQueryClient();
  const [live, setLive] = useState<Live>({ status: 'connecting', lostAt: undefined });

  useEffect(() => {
    const refresher = new Refresher(client);
    const connection = new StreamConnection({
      url: '/api/v1/stream',
      open,
      onStatus: (status) =>
        setLive((before) => ({ status, lostAt: status === 'lost' ? (before.lostAt ?? Date.now()) : undefined })),
      onEvent: (event) => refresher.add(applyEvent(client, event)),
      onGap: () => void client.invalidateQueries(),
    });
    connection.start();
    return () => {
      connection.stop();
      refresher.stop();
    };
  }, [client, open]);

  const value = useMemo(() => live, [live]);
  return <LiveContext value={value}>{children}</LiveContext>;
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
