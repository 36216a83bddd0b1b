import { describe, expect, it } from 'vitest';
import { parseAnsi } from './ansi';

const text = (line: string) =>
  parseAnsi(line)
    .map((span) => span.text)
    .join('');

describe('escapes in logs', () => {
  it('turns colours and weights into names of our own', () => {
    expect(parseAnsi('a \u001b[1;31mbad\u001b[0m b')).toEqual([
      { text: 'a ', style: [] },
      { text: 'bad', style: ['bold', 'red'] },
      { text: ' b', style: [] },
    ]);
    expect(parseAnsi('\u001b[92;44mx')).toEqual([{ text: 'x', style: ['green', 'on-blue'] }]);
  });

  it('drops everything else: cursor moves, titles, links, colours it does not know', () => {
    expect(text('\u001b[2J\u001b[1;1Hhello')).toBe('hello');
    expect(text('\u001b]0;a title\u0007hello')).toBe('hello');
    expect(text('\u001b]8;;https://elsewhere.example\u001b\\click\u001b]8;;\u001b\\')).toBe('click');
    expect(parseAnsi('\u001b[38;5;196mx\u001b[38;2;1;31;3my')).toEqual([
      { text: 'x', style: [] },
      { text: 'y', style: [] },
    ]);
    expect(text('a\u0000b\u0008c\u001b')).toBe('abc');
  });

  it('shows where the reading direction was to be turned', () => {
    expect(text('safe\u202eexe.txt')).toBe('safe\ufffdexe.txt');
  });

  it('shows the last writing of a line that was overwritten', () => {
    expect(text('10 %\r60 %\r100 %')).toBe('100 %');
    expect(text('a windows line\r')).toBe('a windows line');
  });

  it('leaves markup alone: it is text', () => {
    expect(text('<img src=x onerror=alert(1)>')).toBe('<img src=x onerror=alert(1)>');
  });

  it('is fast on hostile input', () => {
    const begun = performance.now();
    parseAnsi('\u001b[1'.repeat(2_000));
    parseAnsi('\u001b]'.repeat(2_000));
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
