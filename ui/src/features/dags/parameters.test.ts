import { describe, expect, it } from 'vitest';
import type { ParameterView } from '@/api/types';
import { changed, defaults, problem, rangeProblem } from './parameters';

const parameter = (type: string, more: Partial<ParameterView> = {}): ParameterView => ({ name: 'p', type, ...more });

describe('parameters of a run', () => {
  it('are checked by type and bounds', () => {
    const minutes = parameter('integer', { default_value: '15', minimum: 1, maximum: 240 });
    expect(problem(minutes, '20')).toBeUndefined();
    expect(problem(minutes, '0')).toBe('Must be at least 1');
    expect(problem(minutes, '241')).toBe('Must be at most 240');
    expect(problem(minutes, '1.5')).toBe('Must be a whole number');
    expect(problem(parameter('number'), 'many')).toBe('Must be a number');
    expect(problem(parameter('boolean'), 'yes')).toBe('Must be true or false');
    expect(problem(parameter('date'), '2001-02-30')).toBe('Must be a day such as 2001-03-05');
    expect(problem(parameter('duration'), '20 m')).toBe('Must be a duration such as 20m');
    expect(problem(parameter('string'), 'anything <b>goes</b>')).toBeUndefined();
  });

  it('may be left empty only when there is a default', () => {
    expect(problem(parameter('string'), ' ')).toBe('A value is needed');
    expect(problem(parameter('string', { default_value: 'x' }), '')).toBeUndefined();
  });

  it('are sent only where they differ from the default', () => {
    const declared = [parameter('integer', { default_value: '15' }), parameter('string', { name: 'q' })];
    expect(defaults(declared)).toEqual({ p: '15', q: '' });
    expect(changed(declared, { p: '15', q: ' here ' })).toEqual({ q: 'here' });
  });

  it('a stretch of intervals runs forward', () => {
    expect(rangeProblem('2001-01-01', '2001-03-05')).toEqual({});
    expect(rangeProblem('2001-03-05', '2001-01-01').to).toBe('Must not be before the first interval');
    expect(rangeProblem('', '').from).toBe('A day is needed');
  });
});
