import { describe, expect, it } from 'vitest';
import { bytes, difference, duration, elapsed, metric, plural, relative, shortId } from './format';

describe('formatting', () => {
  it('gives durations the precision they deserve', () => {
    expect([0, 114, 1_500, 9_960, 59_400, 60_000, 61_000, 3_600_000, 5_430_000, 200_000_000].map(duration)).toEqual([
      '0 ms',
      '114 ms',
      '1.5 s',
      '10 s',
      '59 s',
      '1 min',
      '1 min 1 s',
      '1 h',
      '1 h 30 min',
      '2 d 7 h',
    ]);
    expect(duration(Number.NaN)).toBe('–');
  });

  it('counts on while something runs and never backwards', () => {
    expect(elapsed('2001-01-01T00:00:00Z', undefined, Date.parse('2001-01-01T00:00:42Z'))).toBe('42 s');
    expect(elapsed('2001-01-01T00:00:10Z', undefined, Date.parse('2001-01-01T00:00:00Z'))).toBe('0 ms');
    expect(elapsed(undefined, undefined, 0)).toBe('–');
  });

  it('says how far away an instant is', () => {
    const now = Date.parse('2001-01-01T12:00:00Z');
    expect(relative('2001-01-01T11:57:00Z', now)).toBe('3 min ago');
    expect(relative('2001-01-03T13:00:00Z', now)).toBe('in 2 days');
    expect(relative('2001-01-01T12:00:03Z', now)).toBe('just now');
  });

  it('shows numbers so that they can be compared', () => {
    expect([0, 0.47184, 12.345, 1234.5, 0.00001, 3_000_000, -0.5].map(metric)).toEqual([
      '0',
      '0.4718',
      '12.35',
      '1,235',
      '1.00e-5',
      '3,000,000',
      '-0.5000',
    ]);
    expect(difference(-0.0094)).toBe('−0.0094');
    expect(difference(0.00000001)).toBe('+1.00e-8');
    expect(difference(0)).toBe('±0');
    expect([512, 80_500, 999_600, 2_700_000].map(bytes)).toEqual(['512 B', '80.5 kB', '1.0 MB', '2.7 MB']);
    expect([plural(1, 'run'), plural(2, 'run')]).toEqual(['1 run', '2 runs']);
    expect(shortId('018f3a7c-5e21-7b40-9c1d-a1b2c3d4e00e')).toBe('c3d4e00e');
  });
});
