import type { ModelVersion } from '@/api/types';
import { difference, metric } from '@/shared/format';
import { StateMark } from '@/shared/Marks';
import { Ago } from '@/shared/Time';
import classes from './Models.module.css';

interface Versions {
  versions: ModelVersion[];
  champion: ModelVersion | undefined;
  chosen: number | undefined;
  onChoose: (version: number) => void;
}

/** Versions side by side, each number with its distance from the champion's. */
export function VersionTable({ versions, champion, chosen, onChoose }: Versions) {
  const names = metricNames(versions);
  return (
    <div className={classes.scroll}>
      <table className={classes.versions}>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">State</th>
            {names.map((name) => (
              <th key={name} scope="col" className={classes.right}>
                {name}
              </th>
            ))}
            <th scope="col">Interval</th>
            <th scope="col">Made</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.version} aria-selected={version.version === chosen}>
              <td>
                <button type="button" className={classes.link} onClick={() => onChoose(version.version)}>
                  v{version.version}
                </button>
              </td>
              <td>
                <StateMark state={version.state} />
              </td>
              {names.map((name) => (
                <td key={name} className={classes.right}>
                  {metric(version.metrics[name])}
                  <Distance
                    value={version.metrics[name]}
                    from={version === champion ? undefined : champion?.metrics[name]}
                  />
                </td>
              ))}
              <td className="number">{version.partition ?? '–'}</td>
              <td>
                <Ago at={version.created_at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Distance({ value, from }: { value: number | undefined; from: number | undefined }) {
  if (value === undefined || from === undefined) return <span className={classes.distance}>&nbsp;</span>;
  return (
    <span className={classes.distance} title="compared with the champion">
      {difference(value - from)}
    </span>
  );
}

const MOST = 5;

/** The metrics most versions have, in a fixed order. */
function metricNames(versions: ModelVersion[]): string[] {
  const counts = new Map<string, number>();
  for (const version of versions)
    for (const name of Object.keys(version.metrics)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort(([a, first], [b, second]) => second - first || a.localeCompare(b))
    .slice(0, MOST)
    .map(([name]) => name)
    .sort();
}
