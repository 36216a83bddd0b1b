import { useEffect, useMemo, useState } from 'react';
import { LayoutCache } from './layoutCache';
import { layoutInWorker } from './layoutWorker';
import { type GraphLayout, type GraphStructure, structureKey } from './structure';

const cache = new LayoutCache(layoutInWorker);

interface Placed {
  layout: GraphLayout | undefined;
  error: Error | undefined;
}

/** The layout of a structure; asks again only when the structure differs, not when its object does. */
export function useGraphLayout(structure: GraphStructure): Placed {
  const key = structureKey(structure);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the whole structure
  const stable = useMemo(() => structure, [key]);
  const [settled, setSettled] = useState<Placed & { of: GraphStructure | undefined }>({
    layout: undefined,
    error: undefined,
    of: undefined,
  });

  useEffect(() => {
    let wanted = true;
    cache.get(stable).then(
      (layout) => wanted && setSettled({ layout, error: undefined, of: stable }),
      (error: Error) => wanted && setSettled({ layout: undefined, error, of: stable }),
    );
    return () => {
      wanted = false;
    };
  }, [stable]);

  if (settled.of === stable) return settled;
  return { layout: cache.peek(stable), error: undefined };
}
