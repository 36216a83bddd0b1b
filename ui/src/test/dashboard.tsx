import { createMemoryHistory } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { vi } from 'vitest';
import { createQueryClient } from '@/api/query';
import { App } from '@/app/App';
import { createAppRouter } from '@/app/router';
import type { Source } from '@/stream/connection';
import { answer } from '../../tests/fixture/answer.mjs';
import { World } from '../../tests/fixture/world.mjs';

/** A stream that the test itself feeds. */
class FedSource implements Source {
  onopen: Source['onopen'] = null;
  onerror: Source['onerror'] = null;
  private readonly listeners = new Map<string, (event: MessageEvent<string>) => void>();

  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.listeners.set(type, listener);
  }

  close(): void {
    this.listeners.clear();
  }

  feed(type: string, body: unknown): void {
    this.listeners.get(type)?.(new MessageEvent(type, { data: JSON.stringify(body) }));
  }
}

/** The whole dashboard, on the data of the fixture server, without a network in between. */
export function openDashboard(path: string, prepare: (world: World) => void = () => undefined) {
  const world = new World();
  prepare(world);
  const requests: { method: string; path: string; body: unknown }[] = [];
  const network = { away: false };
  vi.stubGlobal('fetch', async (request: Request) => {
    if (network.away) throw new TypeError('Failed to fetch');
    const url = new URL(request.url);
    const body: unknown = request.method === 'POST' ? await request.json().catch(() => ({})) : undefined;
    requests.push({ method: request.method, path: url.pathname, body });
    const answered = answer(world, request.method, url, body);
    return new Response(JSON.stringify(answered.body), {
      status: answered.status,
      headers: { 'content-type': answered.type },
    });
  });
  const sources: FedSource[] = [];
  const openStream = () => {
    const source = new FedSource();
    sources.push(source);
    if (!network.away) queueMicrotask(() => source.onopen?.(new Event('open')));
    else queueMicrotask(() => source.onerror?.(new Event('error')));
    return source;
  };
  world.listeners.add((type: string, body: unknown) => sources.at(-1)?.feed(type, body));
  const loseStream = () => sources.at(-1)?.onerror?.(new Event('error'));
  const router = createAppRouter(createMemoryHistory({ initialEntries: [path] }));
  const view = render(<App client={createQueryClient()} router={router} openStream={openStream} />);
  return { world, requests, network, loseStream, router, ...view };
}
