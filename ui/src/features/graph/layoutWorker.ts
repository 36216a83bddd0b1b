import type { GraphLayout, GraphStructure } from './structure';

interface Answer {
  id: number;
  layout?: GraphLayout;
  error?: string;
}

const waiting = new Map<number, { resolve: (layout: GraphLayout) => void; reject: (error: Error) => void }>();
let worker: Worker | undefined;
let last = 0;

/** Lays out in a web worker; where there are none, here. */
export async function layoutInWorker(structure: GraphStructure): Promise<GraphLayout> {
  if (typeof Worker === 'undefined') {
    const { computeLayout } = await import('./layout');
    return computeLayout(structure);
  }
  worker ??= startWorker();
  last += 1;
  const id = last;
  const active = worker;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    active.postMessage({ id, structure });
  });
}

function startWorker(): Worker {
  const started = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
  started.onmessage = (message: MessageEvent<Answer>) => {
    const { id, layout, error } = message.data;
    const asker = waiting.get(id);
    waiting.delete(id);
    if (layout) asker?.resolve(layout);
    else asker?.reject(new Error(error ?? 'the layout failed'));
  };
  started.onerror = () => {
    for (const asker of waiting.values()) asker.reject(new Error('the layout worker could not be started'));
    waiting.clear();
    started.terminate();
    worker = undefined;
  };
  return started;
}
