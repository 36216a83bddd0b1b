import { describe, expect, it } from 'vitest';
import type { MetricView, ModelVersion } from '@/api/types';
import { histories, refits } from './history';

const measured = (name: string, partition: string, value: number, more: Partial<MetricView> = {}): MetricView => ({
  name,
  value,
  samples: 10,
  dag: 'd',
  run: 'r',
  step: 'evaluate',
  attempt: 1,
  partition,
  role: 'champion',
  at: '2001-01-01T00:00:00Z',
  ...more,
});

describe('metric histories', () => {
  it('line up measurements by interval, and leave gaps where there are none', () => {
    const [history] = histories([
      measured('log_loss', '2001-01-15', 0.5),
      measured('log_loss', '2001-01-08', 0.4),
      measured('log_loss', '2001-01-15', 0.45, { step: 'refit', role: 'challenger' }),
    ]);
    expect(history?.partitions).toEqual(['2001-01-08', '2001-01-15']);
    expect(history?.lines).toEqual([
      { label: 'evaluate · champion', values: [0.4, 0.5] },
      { label: 'refit · challenger', values: [null, 0.45] },
    ]);
  });

  it('count the newest measurement of an interval and no slices', () => {
    const [history] = histories([
      measured('auc', '2001-01-08', 0.6, { at: '2001-01-02T00:00:00Z' }),
      measured('auc', '2001-01-08', 0.5, { at: '2001-01-01T00:00:00Z' }),
      measured('auc', '2001-01-08', 0.9, { at: '2001-01-03T00:00:00Z', slice_column: 'origin', slice_value: 'SFO' }),
    ]);
    expect(history?.lines[0]?.values).toEqual([0.6]);
  });

  it('mark the intervals in which versions were trained, rejected ones too', () => {
    const version = (number: number, partition: string, state: string) =>
      ({ version: number, partition, state }) as ModelVersion;
    expect(
      refits(
        ['a', 'b', 'c'],
        [version(3, 'c', 'champion'), version(2, 'b', 'rejected'), version(1, 'gone', 'retired')],
      ),
    ).toEqual([
      { index: 1, label: 'v2', accepted: false },
      { index: 2, label: 'v3', accepted: true },
    ]);
  });
});
