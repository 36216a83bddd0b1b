import { ApiError } from '@/api/client';
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
      return isDate(value) ? outside(parameter, Date.parse(value), day) : 'Must be a day such as 2001-03-05';
    case 'duration': {
      const wanted = seconds(value);
      return wanted === undefined ? 'Must be a duration such as 20m' : outside(parameter, wanted, seconds);
    }
    case 'enum':
    case 'secret':
      return parameter.choices.includes(value) ? undefined : `Must be one of ${parameter.choices.join(', ')}`;
    case 'list':
      return listProblem(parameter, items(value));
    default:
      return mismatch(parameter, value);
  }
}

type Read = (text: string) => number | undefined;

function outside({ minimum, maximum }: ParameterView, value: number, read: Read = Number): string | undefined {
  const [low, high] = [minimum, maximum].map((bound) => (bound === undefined ? undefined : read(bound)));
  if (low !== undefined && value < low) return `Must be at least ${minimum}`;
  if (high !== undefined && value > high) return `Must be at most ${maximum}`;
  return undefined;
}

const UNITS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };
const ISO = /^P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;

function seconds(text: string): number | undefined {
  const short = /^(\d+)(ms|s|m|h|d|w)$/.exec(text);
  if (short) return Number(short[1]) * (UNITS[short[2] ?? ''] ?? 0);
  const parts = text.length > 1 ? ISO.exec(text) : null;
  if (!parts) return undefined;
  return [86_400, 3_600, 60, 1].reduce((sum, unit, at) => sum + unit * Number(parts[at + 1] ?? 0), 0);
}

function day(text: string): number | undefined {
  return isDate(text) ? Date.parse(text) : undefined;
}

/** The items of a list as it is written, with commas between them. */
export function items(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}

function listProblem(parameter: ParameterView, list: string[]): string | undefined {
  const { minimum, maximum, choices } = parameter;
  if (minimum !== undefined && list.length < Number(minimum)) return `Must have at least ${minimum} items`;
  if (maximum !== undefined && list.length > Number(maximum)) return `Must have at most ${maximum} items`;
  const other = choices.length > 0 && list.find((item) => !choices.includes(item));
  if (other) return `${other} is none of ${choices.join(', ')}`;
  return list.map((item) => mismatch(parameter, item, item)).find(Boolean);
}

/** Java's expressions are not quite those of browsers: one that cannot be read here is left to the server. */
function mismatch({ pattern }: ParameterView, value: string, subject = 'This'): string | undefined {
  if (pattern === undefined) return undefined;
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value) ? undefined : `${subject} does not match ${pattern}`;
  } catch {
    return undefined;
  }
}

/** What the server says of single parameters, by their names. */
export function refusals(error: unknown): Record<string, string> {
  const errors = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
  return Object.fromEntries(
    errors.flatMap((each): [string, string][] => {
      const [, name, message] = /^parameters\.([^:]+): (.+)$/s.exec(each) ?? [];
      return name && message ? [[name, message]] : [];
    }),
  );
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
