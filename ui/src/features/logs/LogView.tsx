import { Button, Switch } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef, useState } from 'react';
import { sentence } from '@/api/client';
import { bytes } from '@/shared/format';
import { Icon } from '@/shared/Icon';
import { parseAnsi } from './ansi';
import classes from './LogView.module.css';
import { hasEarlier, LONGEST_LINE } from './logBuffer';
import { type LogSource, useLog } from './useLog';

const LINE = 18;

/** A log's end, following while it grows. Only the lines in sight are in the page. */
export function LogView({ source, height = 300 }: { source: LogSource; height?: number }) {
  const { buffer, error, loaded, loadEarlier } = useLog(source);
  const [follow, setFollow] = useState(true);
  const [wrap, setWrap] = useState(false);
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: buffer.lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => LINE,
    overscan: 20,
  });

  useEffect(() => {
    if (follow && buffer.lines.length > 0) virtual.scrollToIndex(buffer.lines.length - 1, { align: 'end' });
  }, [follow, buffer.lines.length, virtual]);

  const earlier = async () => {
    setFollow(false);
    const before = buffer.lines.length;
    await loadEarlier();
    requestAnimationFrame(() => virtual.scrollToIndex(Math.max(0, virtual.options.count - before), { align: 'start' }));
  };

  return (
    <div className={classes.box}>
      <div className={classes.bar}>
        <span className={classes.status}>
          {bytes(buffer.size)}
          {loaded && (buffer.ended ? ' · complete' : ' · being written')}
        </span>
        {hasEarlier(buffer) && (
          <Button size="compact-xs" variant="default" onClick={() => void earlier()}>
            Load earlier ({bytes(buffer.start)} before)
          </Button>
        )}
        <Switch size="xs" label="Wrap" checked={wrap} onChange={(event) => setWrap(event.currentTarget.checked)} />
        <Switch
          size="xs"
          label="Follow"
          checked={follow}
          onChange={(event) => setFollow(event.currentTarget.checked)}
        />
      </div>
      {error !== undefined && (
        <div className={classes.problem} role="status">
          <Icon name="alert" size={13} /> {sentence(error)}
        </div>
      )}
      <section
        ref={scroll}
        className={classes.lines}
        style={{ height: Math.min(height, Math.max(buffer.lines.length + 1, 4) * LINE) }}
        aria-label={`Log of ${source.step}, attempt ${source.attempt}`}
        tabIndex={0}
        onWheel={(event) => event.deltaY < 0 && setFollow(false)}
      >
        {loaded && buffer.lines.length === 0 && <p className={classes.nothing}>Nothing was written.</p>}
        <div
          style={{ height: virtual.getTotalSize(), position: 'relative', minWidth: wrap ? undefined : 'max-content' }}
        >
          {virtual.getVirtualItems().map((row) => (
            <div
              key={row.key}
              ref={wrap ? virtual.measureElement : undefined}
              data-index={row.index}
              className={classes.line}
              data-wrap={wrap || undefined}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <Line text={buffer.lines[row.index] ?? ''} />
            </div>
          ))}
        </div>
      </section>
    </div>
  );
}

const Line = memo(function Line({ text }: { text: string }) {
  const severe = /\b(ERROR|FATAL|Exception|Traceback|Caused by:)/.test(text.slice(0, 300));
  return (
    <span data-severe={severe || undefined} className={classes.text}>
      {parseAnsi(text).map((span, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line's spans never change places
        <span key={index} className={span.style.map((name) => classes[name]).join(' ') || undefined}>
          {span.text}
        </span>
      ))}
      {text.length >= LONGEST_LINE && <em className={classes.cut}> … the rest of this long line is not shown</em>}
    </span>
  );
});
