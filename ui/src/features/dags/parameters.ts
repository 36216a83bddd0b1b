import type { ParameterView } from '@/api/types';

export type Values = Record<string, string>;

/** What the form starts with: the declared defaults. */
export function defaults(parameters: ParameterView[]): Values {
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.default_value ?? '']));
}

/** The first thing that is wrong with a value, in words; nothing when it is fine. The server checks again. */
export function problem(parameter: ParameterView, raw: string): string | undefined {
  const value = raw.trim();
  if (value === '') return parameter.default_value === undefined ? 'A value is needed' : undefined;
  switch (parameter.type) {
    case 'integer':
      return /^[-+]?\d+$/.test(value) ? outside(parameter, Number(value)) : 'Must be a whole number';
    case 'number':
      return Number.isFinite(Number(value)) ? outside(parameter, Number(value)) : 'Must be a number';
    case 'boolean':
      return value === 'true' || value === 'false' ? undefined : 'Must be true or false';
    case 'date':
      return isDate(value) ? undefined : 'Must be a day such as 2001-03-05';
    case 'duration':
      return /^\d+(ms|s|m|h|d)$/.test(value) || /^P/.test(value) ? undefined : 'Must be a duration such as 20m';
    default:
      return undefined;
  }
}

function outside({ minimum, maximum }: ParameterView, value: number): string | undefined {
  if (minimum !== undefined && value < minimum) return `Must be at least ${minimum}`;
  if (maximum !== undefined && value > maximum) return `Must be at most ${maximum}`;
  return undefined;
}

export function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

/** Only what differs from the defaults is sent, so that a run stays bound to the declared ones. */
export function changed(parameters: ParameterView[], values: Values): Values {
  const entries = parameters.flatMap((parameter): [string, string][] => {
    const value = (values[parameter.name] ?? '').trim();
    return value === '' || value === parameter.default_value ? [] : [[parameter.name, value]];
  });
  return Object.fromEntries(entries);
}

/** What is wrong with a stretch of intervals; nothing when it is fine. */
export function rangeProblem(from: string, to: string): { from?: string; to?: string } {
  const problems: { from?: string; to?: string } = {};
  if (!isDate(from)) problems.from = 'A day is needed';
  if (!isDate(to)) problems.to = 'A day is needed';
  else if (isDate(from) && to < from) problems.to = 'Must not be before the first interval';
  return problems;
}
