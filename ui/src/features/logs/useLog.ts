import { useCallback, useEffect, useRef, useState } from 'react';
import { api, body } from '@/api/client';
import type { LogChunk } from '@/api/types';
import { append, EMPTY_LOG, type LogBuffer, prepend } from './logBuffer';

const PIECE = 65_536;
const FOLLOW_EVERY = 1_000;

export interface LogSource {
  run: string;
  step: string;
  attempt: number;
}

function read(
  { run, step, attempt }: LogSource,
  offset: number,
  limit: number,
  signal: AbortSignal,
): Promise<LogChunk> {
  const path = { run, step, attempt };
  return body(
    api.GET('/api/v1/runs/{run}/steps/{step}/attempts/{attempt}/log', {
      params: { path, query: { offset, limit } },
      signal,
    }),
  );
}

/** The end of a log, kept up with while it grows, and what came before on demand. */
export function useLog(source: LogSource) {
  const { run, step, attempt } = source;
  const [buffer, setBuffer] = useState<LogBuffer>(EMPTY_LOG);
  const [error, setError] = useState<unknown>();
  const [loaded, setLoaded] = useState(false);
  const current = useRef(buffer);
  current.current = buffer;
  const lifetime = useRef<AbortController>(new AbortController());

  useEffect(() => {
    const controller = new AbortController();
    lifetime.current = controller;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let known = EMPTY_LOG;
    const update = (next: LogBuffer) => {
      known = next;
      current.current = next;
      setBuffer(next);
    };
    update(EMPTY_LOG);
    setLoaded(false);
    setError(undefined);
    const step_ = async (offset: number) => {
      let wait = FOLLOW_EVERY;
      try {
        const chunk = await read({ run, step, attempt }, offset, PIECE, controller.signal);
        known = current.current;
        update(append(known, chunk));
        setLoaded(true);
        setError(undefined);
        if (chunk.ended && chunk.next_offset >= chunk.size) return;
        if (chunk.next_offset < chunk.size) wait = 0;
      } catch (failure) {
        if (controller.signal.aborted) return;
        setError(failure);
        wait = 3 * FOLLOW_EVERY;
      }
      if (!controller.signal.aborted) timer = setTimeout(() => void step_(current.current.end || -PIECE), wait);
    };
    void step_(-PIECE);
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [run, step, attempt]);

  const loadEarlier = useCallback(async () => {
    const start = current.current.start;
    const offset = Math.max(0, start - PIECE);
    try {
      const chunk = await read({ run, step, attempt }, offset, start - offset, lifetime.current.signal);
      const next = prepend(current.current, chunk);
      current.current = next;
      setBuffer(next);
    } catch (failure) {
      if (!lifetime.current.signal.aborted) setError(failure);
    }
  }, [run, step, attempt]);

  return { buffer, error, loaded, loadEarlier };
}
