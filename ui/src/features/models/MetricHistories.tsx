import { Button, useComputedColorScheme } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { ModelDetail } from '@/api/types';
import { metric } from '@/shared/format';
import { Empty, Loaded, Loading } from '@/shared/Outcome';
import { Panel } from '@/shared/Panel';
import { histories, type MetricHistory, refits } from './history';
import classes from './Models.module.css';
import { useModelMetrics } from './queries';

const HistoryChart = lazy(() => import('./HistoryChart'));
const FIRST = 4;

/** How the model did interval by interval, with the refits marked. */
export function MetricHistories({ detail }: { detail: ModelDetail }) {
  const query = useModelMetrics(detail.summary.model);
  const [all, setAll] = useState(false);
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
        {(metrics) => {
          const found = histories(metrics);
          if (found.length === 0) {
            return (
              <Empty icon="model" title="Nothing has been measured yet">
                Evaluate steps log how the champion does on each interval.
              </Empty>
            );
          }
          return (
            <div className={classes.charts}>
              {found.slice(0, all ? found.length : FIRST).map((history) => (
                <Chart key={history.name} history={history} detail={detail} />
              ))}
              {!all && found.length > FIRST && (
                <Button size="xs" variant="default" className={classes.more} onClick={() => setAll(true)}>
                  Show {found.length - FIRST} more
                </Button>
              )}
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
  const [pointed, setPointed] = useState<number>();
  const last = values.findLastIndex((value) => value !== null);
  const shown = pointed ?? last;
  const spoken = history.partitions
    .map((partition, index) => `${partition} ${metric(values[index] ?? undefined)}`)
    .join(', ');
  return (
    <figure className={classes.figure}>
      <figcaption>
        {history.name}
        <span className={classes.muted}>{history.partitions[shown]}</span>
        <b>{metric(values[shown] ?? undefined)}</b>
      </figcaption>
      <Suspense fallback={<Loading what="the chart" />}>
        <HistoryChart key={scheme} history={history} marks={marks} onPoint={setPointed} />
      </Suspense>
      <p className="visually-hidden">{spoken}</p>
    </figure>
  );
}
