import type { MetricView, ModelVersion } from '@/api/types';
import { groupBy } from '@/shared/group';

/** One metric over intervals, one line for each step and role that measured it. */
export interface MetricHistory {
  name: string;
  partitions: string[];
  lines: { label: string; values: (number | null)[] }[];
}

/** Where a version was trained, and whether it became champion. */
export interface RefitMark {
  index: number;
  label: string;
  accepted: boolean;
}

/** Histories by metric, those with the most intervals first. Of several measurements of one interval the newest counts. */
export function histories(metrics: MetricView[]): MetricHistory[] {
  const usable = metrics.filter((each) => each.partition !== undefined && !each.slice_column);
  return [...groupBy(usable, (each) => each.name)]
    .map(([name, measured]) => history(name, measured))
    .sort((a, b) => b.partitions.length - a.partitions.length || a.name.localeCompare(b.name));
}

function history(name: string, measured: MetricView[]): MetricHistory {
  const partitions = [...new Set(measured.map((each) => each.partition ?? ''))].sort();
  const lines = [...groupBy(measured, (each) => [each.step, each.role].filter(Boolean).join(' · '))].map(
    ([label, own]) => {
      const newest = new Map<string, MetricView>();
      for (const each of own) {
        const before = newest.get(each.partition ?? '');
        if (!before || Date.parse(before.at) < Date.parse(each.at)) newest.set(each.partition ?? '', each);
      }
      return { label, values: partitions.map((partition) => newest.get(partition)?.value ?? null) };
    },
  );
  const known = (line: { values: (number | null)[] }) => line.values.filter((value) => value !== null).length;
  return { name, partitions, lines: lines.sort((a, b) => known(b) - known(a) || a.label.localeCompare(b.label)) };
}

/** The intervals in which versions were trained, placed on a history's axis. */
export function refits(partitions: string[], versions: ModelVersion[]): RefitMark[] {
  return versions
    .flatMap((version) => {
      const index = partitions.indexOf(version.partition ?? '');
      const accepted = version.state === 'champion' || version.state === 'retired';
      return index < 0 ? [] : [{ index, label: `v${version.version}`, accepted }];
    })
    .sort((a, b) => a.index - b.index);
}
