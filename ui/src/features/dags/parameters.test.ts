import { describe, expect, it } from 'vitest';
import { ApiError } from '@/api/client';
import type { ParameterView } from '@/api/types';
import { changed, defaults, problem, rangeProblem, refusals } from './parameters';

const parameter = (type: string, more: Partial<ParameterView> = {}): ParameterView => ({
  name: 'p',
  type,
  choices: [],
  ...more,
});

describe('parameters of a run', () => {
  it('are checked by type and bounds', () => {
    const minutes = parameter('integer', { default_value: '15', minimum: '1', maximum: '240' });
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

  it('keep to days, times, choices, items and patterns', () => {
    const days = parameter('date', { minimum: '2001-01-01', maximum: '2001-12-31' });
    expect(problem(days, '2001-12-31')).toBeUndefined();
    expect(problem(days, '2002-01-01')).toBe('Must be at most 2001-12-31');
    const wait = parameter('duration', { minimum: '5m', maximum: '1h' });
    expect(problem(wait, 'PT1H')).toBeUndefined();
    expect(problem(wait, '299s')).toBe('Must be at least 5m');
    expect(problem(wait, 'P')).toBe('Must be a duration such as 20m');
    const region = parameter('enum', { choices: ['east', 'west'] });
    expect(problem(region, 'west')).toBeUndefined();
    expect(problem(region, 'north')).toBe('Must be one of east, west');
    expect(problem(parameter('secret', { choices: ['staging'] }), 'other')).toBe('Must be one of staging');
    const airports = parameter('list', { minimum: '1', maximum: '2', pattern: '[a-z]{3}' });
    expect(problem(airports, 'ord,jfk')).toBeUndefined();
    expect(problem(airports, 'ord,jfk,lax')).toBe('Must have at most 2 items');
    expect(problem(airports, 'ord,J')).toBe('J does not match [a-z]{3}');
    expect(problem(parameter('list', { choices: ['ord'] }), 'lax')).toBe('lax is none of ord');
    expect(problem(parameter('string', { pattern: '[A-Z]{2}' }), 'ABC')).toBe('This does not match [A-Z]{2}');
    expect(problem(parameter('string', { pattern: '(?i)x' }), 'X')).toBeUndefined();
  });

  it('are refused by the server one by one', () => {
    const errors = ['parameters.wait: 2h is longer than the maximum 1h', 'interval: it has not begun'];
    expect(refusals(new ApiError(400, { title: 'Bad Request', status: 400, detail: '', errors }))).toEqual({
      wait: '2h is longer than the maximum 1h',
    });
    expect(refusals(new Error('gone'))).toEqual({});
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
