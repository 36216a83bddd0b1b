import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';

/** Below this a list is drawn whole: the browser's own search finds everything, and nothing jumps. */
const WHOLE = 80;

interface Rows<T> {
  items: T[];
  rowHeight: number;
  keyOf: (item: T) => string | number;
  label: string;
  children: (item: T) => ReactNode;
}

/** A list that scrolls with the page and draws only the rows that can be seen once it is long. */
export function VirtualRows<T>(props: Rows<T>) {
  if (props.items.length > WHOLE) return <Windowed {...props} />;
  return (
    <ul aria-label={props.label} style={plain}>
      {props.items.map((item) => (
        <li key={props.keyOf(item)}>{props.children(item)}</li>
      ))}
    </ul>
  );
}

function Windowed<T>({ items, rowHeight, keyOf, label, children }: Rows<T>) {
  const list = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    setOffset((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, []);
  const virtual = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: offset,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
  });
  return (
    <ul ref={list} aria-label={label} style={{ ...plain, position: 'relative', height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((row) => {
        const item = items[row.index];
        return item === undefined ? null : (
          <li
            key={row.key}
            ref={virtual.measureElement}
            data-index={row.index}
            aria-setsize={items.length}
            aria-posinset={row.index + 1}
            style={{ position: 'absolute', insetInline: 0, top: 0, transform: `translateY(${row.start - offset}px)` }}
          >
            {children(item)}
          </li>
        );
      })}
    </ul>
  );
}

const plain = { listStyle: 'none', margin: 0, padding: 0 } as const;
