import type { DagDetail, ParameterView } from '@/api/types';
import { words } from '@/shared/format';
import { Empty } from '@/shared/Outcome';
import { Ago } from '@/shared/Time';
import classes from './Dags.module.css';

export function ParameterTable({ parameters }: { parameters: ParameterView[] }) {
  if (parameters.length === 0) return <Empty title="This DAG takes no parameters" />;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Type</th>
          <th scope="col">Default</th>
          <th scope="col">About</th>
        </tr>
      </thead>
      <tbody>
        {parameters.map((parameter) => (
          <tr key={parameter.name}>
            <td className="mono">{parameter.name}</td>
            <td>
              {parameter.type} <span className={classes.muted}>{range(parameter)}</span>
            </td>
            <td className="mono">{parameter.default_value ?? 'required'}</td>
            <td>{parameter.description}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is allowed, in words; empty when everything of the type is. */
export function range({ type, minimum, maximum, pattern, choices }: ParameterView): string {
  const unit = type === 'list' ? ' items' : '';
  const span =
    minimum !== undefined && maximum !== undefined
      ? `${minimum} to ${maximum}${unit}`
      : minimum !== undefined
        ? `at least ${minimum}${unit}`
        : maximum === undefined
          ? ''
          : `at most ${maximum}${unit}`;
  return [span, choices.length > 0 && `of ${choices.join(', ')}`, pattern !== undefined && `matching ${pattern}`]
    .filter(Boolean)
    .join(', ');
}

/** What people did to the DAG. */
export function HistoryTable({ events }: { events: DagDetail['events'] }) {
  if (events.length === 0) return <Empty title="Nobody has done anything to this DAG" />;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">What</th>
          <th scope="col">Who</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.id}>
            <td>
              <Ago at={event.at} />
            </td>
            <td>{words(event.type.replace(/^dag_/, ''))}</td>
            <td>{event.actor}</td>
            <td>{event.reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Source({ text }: { text: string }) {
  return (
    <pre className={classes.source} tabIndex={0}>
      {text.split('\n').map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a fixed text
        <span key={index} className={/^\s*#/.test(line) ? 'comment' : undefined}>
          {line}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
