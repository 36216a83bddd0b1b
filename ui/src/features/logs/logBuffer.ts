import type { LogChunk } from '@/api/types';

/** What is known of a log: one unbroken stretch of it, with bounds on what is kept. Immutable. */
export interface LogBuffer {
  /** Bytes before the stretch. */
  start: number;
  /** Bytes up to the stretch's end: where to ask on. */
  end: number;
  size: number;
  ended: boolean;
  lines: string[];
  /** Whether the last line may still grow. */
  open: boolean;
  /** Whether old lines were let go of to stay within bounds. */
  trimmed: boolean;
}

export const EMPTY_LOG: LogBuffer = { start: 0, end: 0, size: 0, ended: false, lines: [], open: false, trimmed: false };

/** Most characters of one line that are kept: a gigabyte on one line must not take the page down. */
export const LONGEST_LINE = 4_000;
/** Most lines that are kept while following. */
export const MOST_LINES = 50_000;

/** The server leaves a character out that is cut at the end of a piece: up to three bytes are missing where two pieces meet. */
const CUT_CHARACTER = 3;

/** Adds what came after the stretch. A piece that does not join is not mixed in. */
export function append(buffer: LogBuffer, chunk: LogChunk): LogBuffer {
  if (buffer.lines.length === 0 && buffer.end === 0) return fresh(chunk);
  if (chunk.offset !== buffer.end) {
    // A log that became shorter was written anew; one with a gap cannot be joined. Both start again from what came.
    return chunk.size < buffer.end || chunk.offset > buffer.end
      ? fresh(chunk)
      : { ...buffer, size: chunk.size, ended: chunk.ended };
  }
  const { lines, open } = join(buffer.lines, buffer.open, chunk.text);
  const over = lines.length - MOST_LINES;
  return {
    ...buffer,
    end: chunk.next_offset,
    size: chunk.size,
    ended: chunk.ended,
    lines: over > 0 ? lines.slice(over) : lines,
    open,
    trimmed: buffer.trimmed || over > 0,
  };
}

/** Puts what came before the stretch in front of it. */
export function prepend(buffer: LogBuffer, chunk: LogChunk): LogBuffer {
  if (chunk.offset >= buffer.start || buffer.start - chunk.next_offset > CUT_CHARACTER) return buffer;
  const { lines: earlier, open } = join([], false, chunk.text);
  const [first, ...rest] = buffer.lines;
  const last = earlier[earlier.length - 1];
  const joined =
    open && last !== undefined && first !== undefined
      ? [...earlier.slice(0, -1), cap(last + first), ...rest]
      : [...earlier, ...buffer.lines];
  return { ...buffer, start: chunk.offset, lines: joined };
}

/** Whether there is something before the stretch that can be asked for. */
export function hasEarlier(buffer: LogBuffer): boolean {
  return buffer.start > 0 && !buffer.trimmed;
}

function fresh(chunk: LogChunk): LogBuffer {
  const { lines, open } = join([], false, chunk.text);
  return {
    start: chunk.offset,
    end: chunk.next_offset,
    size: chunk.size,
    ended: chunk.ended,
    lines: lines.slice(-MOST_LINES),
    open,
    trimmed: lines.length > MOST_LINES,
  };
}

function join(before: string[], open: boolean, text: string): { lines: string[]; open: boolean } {
  if (text === '') return { lines: before, open };
  const pieces = text.split('\n');
  const complete = text.endsWith('\n');
  if (complete) pieces.pop();
  const lines = before.slice();
  if (open && lines.length > 0) {
    const last = lines.pop() ?? '';
    lines.push(cap(last + (pieces.shift() ?? '')));
  }
  for (const piece of pieces) lines.push(cap(piece));
  return { lines, open: !complete };
}

function cap(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}` : line;
}
