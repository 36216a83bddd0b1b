import { useComputedColorScheme } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import type { ModelDetail } from '@/api/types';
import { metric } from '@/shared/format';
import { Empty, Loaded, Loading } from '@/shared/Outcome';
import { Panel } from '@/shared/Panel';
import { histories, type MetricHistory, refits } from './history';
import classes from './Models.module.css';
import { useModelMetrics } from './queries';

const HistoryChart = lazy(() => import('./HistoryChart'));
const MOST = 6;

/** How the model did interval by interval, with the refits marked. */
export function MetricHistories({ detail }: { detail: ModelDetail }) {
  const query = useModelMetrics(detail.summary.model);
  return (
    <Panel
      title="Metrics over intervals"
      id="metrics"
      aside={
        <span className={classes.key}>
          <i data-kind="accepted" /> refit published <i data-kind="rejected" /> refit rejected
        </span>
      }
    >
      <Loaded query={query} what="the metrics">
        {(page) => {
          const all = histories(page.items).slice(0, MOST);
          if (all.length === 0) {
            return (
              <Empty icon="model" title="Nothing has been measured yet">
                Evaluate steps log how the champion does on each interval.
              </Empty>
            );
          }
          return (
            <div className={classes.charts}>
              {all.map((history) => (
                <Chart key={history.name} history={history} detail={detail} />
              ))}
            </div>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function Chart({ history, detail }: { history: MetricHistory; detail: ModelDetail }) {
  const scheme = useComputedColorScheme('light');
  const marks = useMemo(() => refits(history.partitions, detail.versions), [history.partitions, detail.versions]);
  const values = history.lines[0]?.values ?? [];
  const last = values.findLast((value) => value !== null) ?? undefined;
  const spoken = history.partitions
    .map((partition, index) => `${partition} ${metric(values[index] ?? undefined)}`)
    .join(', ');
  return (
    <figure className={classes.figure}>
      <figcaption>
        {history.name} <b>{metric(last)}</b>
      </figcaption>
      <Suspense fallback={<Loading what="the chart" />}>
        <HistoryChart key={scheme} history={history} marks={marks} />
      </Suspense>
      <p className="visually-hidden">{spoken}</p>
    </figure>
  );
}
