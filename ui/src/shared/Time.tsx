import { clock, elapsed, relative } from './format';
import { useNow } from './useNow';

/** `3 min ago`, with the exact instant on hover and for machines. */
export function Ago({ at }: { at: string | undefined }) {
  const now = useNow();
  if (!at) return <span>–</span>;
  return (
    <time dateTime={at} title={`${clock(at, now)} (${at})`} style={{ whiteSpace: 'nowrap' }}>
      {relative(at, now)}
    </time>
  );
}

export function Clock({ at }: { at: string | undefined }) {
  const now = useNow();
  if (!at) return <span>–</span>;
  return (
    <time dateTime={at} title={at} className="number" style={{ whiteSpace: 'nowrap' }}>
      {clock(at, now)}
    </time>
  );
}

/** How long it took, or has taken so far. */
export function Elapsed({ from, to }: { from: string | undefined; to?: string | undefined }) {
  const now = useNow();
  return (
    <span className="number" style={{ whiteSpace: 'nowrap' }}>
      {elapsed(from, to, now)}
    </span>
  );
}
