import { useMediaQuery } from '@mantine/hooks';
import { type ComponentProps, lazy, Suspense } from 'react';
import { Loading } from '@/shared/Outcome';

const GraphView = lazy(() => import('./GraphView'));

/** Lays out from left to right where there is room and from top to bottom on a phone; its code is loaded when first needed. */
export function Graph(props: Omit<ComponentProps<typeof GraphView>, 'direction'>) {
  const narrow = useMediaQuery('(max-width: 700px)', undefined, { getInitialValueInEffect: false });
  return (
    <Suspense fallback={<Loading what="the graph" />}>
      <GraphView {...props} direction={narrow ? 'TB' : 'LR'} />
    </Suspense>
  );
}
