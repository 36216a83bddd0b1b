import { computeLayout } from './layout';
import type { GraphStructure } from './structure';

self.onmessage = (message: MessageEvent<{ id: number; structure: GraphStructure }>) => {
  const { id, structure } = message.data;
  try {
    self.postMessage({ id, layout: computeLayout(structure) });
  } catch (error) {
    self.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
};
