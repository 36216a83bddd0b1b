import { Link } from '@tanstack/react-router';
import type { MetricView } from '@/api/types';
import { count, metric as formatted } from '@/shared/format';
import { Empty } from '@/shared/Outcome';
import classes from './StepPanel.module.css';

/** Numbers with what they were measured on. */
export function MetricTable({ metrics, withStep = false }: { metrics: MetricView[]; withStep?: boolean }) {
  if (metrics.length === 0) return <Empty icon="model" title="No metrics were reported" />;
  const sorted = metrics.toSorted(
    (a, b) =>
      text(a, withStep).localeCompare(text(b, withStep)) ||
      (a.role ?? '').localeCompare(b.role ?? '') ||
      a.attempt - b.attempt,
  );
  return (
    <table className={classes.metrics} aria-label="Metrics">
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col">Of</th>
          <th scope="col" className={classes.right}>
            Value
          </th>
          <th scope="col" className={classes.right}>
            Rows
          </th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((each) => (
          <tr
            key={JSON.stringify([
              each.name,
              each.step,
              each.attempt,
              each.role,
              each.model,
              each.dataset,
              each.slice_column,
              each.slice_value,
            ])}
          >
            <td>
              {each.name}
              {each.slice_column && (
                <span className={classes.sub}>
                  {' '}
                  {each.slice_column} = {each.slice_value}
                </span>
              )}
              {withStep && <div className={classes.sub}>{each.step}</div>}
            </td>
            <td>
              <Subject of={each} />
            </td>
            <td className={classes.right} title={String(each.value)}>
              {formatted(each.value)}
            </td>
            <td className={classes.right}>{each.samples > 0 ? count(each.samples) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Subject({ of }: { of: MetricView }) {
  if (of.model) {
    return (
      <>
        <Link to="/models/$model" params={{ model: of.model }}>
          {of.model}
          {of.model_version !== undefined && ` v${of.model_version}`}
        </Link>
        {of.role && <span className={classes.sub}> {of.role}</span>}
      </>
    );
  }
  return <span className={classes.sub}>{of.dataset ?? of.step}</span>;
}

function text(each: MetricView, withStep: boolean): string {
  return `${withStep ? each.step : ''} ${each.name} ${each.slice_column ?? ''} ${each.slice_value ?? ''}`;
}
