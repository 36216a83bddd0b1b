import { describe, expect, it } from 'vitest';
import type { LogChunk } from '@/api/types';
import { append, EMPTY_LOG, hasEarlier, LONGEST_LINE, MOST_LINES, prepend } from './logBuffer';

const chunk = (text: string, offset: number, more: Partial<LogChunk> = {}): LogChunk => ({
  text,
  offset,
  next_offset: offset + text.length,
  size: offset + text.length,
  ended: false,
  ...more,
});

describe('a log buffer', () => {
  it('joins a line that came in two pieces', () => {
    const first = append(EMPTY_LOG, chunk('one\ntw', 0));
    const second = append(first, chunk('o\nthree\n', 6));
    expect(second.lines).toEqual(['one', 'two', 'three']);
    expect(append(second, chunk('four', 14)).lines).toEqual(['one', 'two', 'three', 'four']);
  });

  it('keeps empty lines and says whether the log has ended', () => {
    const log = append(EMPTY_LOG, chunk('a\n\nb\n', 0, { ended: true }));
    expect(log.lines).toEqual(['a', '', 'b']);
    expect(log.ended).toBe(true);
  });

  it('puts earlier pieces in front and joins them in the middle of a line', () => {
    const tail = append(EMPTY_LOG, chunk('wo\nthree\n', 5));
    expect(hasEarlier(tail)).toBe(true);
    const whole = prepend(tail, chunk('one\nt', 0));
    expect(whole.lines).toEqual(['one', 'two', 'three']);
    expect(hasEarlier(whole)).toBe(false);
  });

  it('puts up with a character that was cut where two pieces meet, but not with a gap', () => {
    const tail = append(EMPTY_LOG, chunk('\ufffdnd\n', 10));
    expect(prepend(tail, { ...chunk('start', 0), next_offset: 8 }).start).toBe(0);
    expect(prepend(tail, { ...chunk('start', 0), next_offset: 5 })).toBe(tail);
  });

  it('does not mix in what it has already or what does not join', () => {
    const log = append(EMPTY_LOG, chunk('one\n', 0));
    expect(append(log, chunk('one\n', 0)).lines).toEqual(['one']);
    expect(append(log, chunk('far\n', 100)).lines).toEqual(['far']);
  });

  it('begins anew when the log became shorter', () => {
    const log = append(EMPTY_LOG, chunk('a long first try\n', 0));
    expect(append(log, { ...chunk('new\n', 0), size: 4 }).lines).toEqual(['new']);
  });

  it('stays small whatever is written', () => {
    let log = append(EMPTY_LOG, chunk('x'.repeat(100_000), 0));
    log = append(log, chunk('x'.repeat(100_000), 100_000));
    expect(log.lines[0]?.length).toBeLessThanOrEqual(LONGEST_LINE);
    const many = append(log, chunk('\n'.repeat(MOST_LINES + 10), 200_000));
    expect(many.lines.length).toBe(MOST_LINES);
    expect(hasEarlier(many)).toBe(false);
  });
});
