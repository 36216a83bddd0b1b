import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ModelVersion } from '@/api/types';
import { Confirm } from '@/shared/Confirm';
import { count, difference, metric, plural } from '@/shared/format';
import { ClassMark, StateMark } from '@/shared/Marks';
import { Facts, Panel } from '@/shared/Panel';
import classes from './Models.module.css';
import { useTakeBack } from './queries';

/** One version: why it stands where it stands, its numbers against the champion's, and what it saw. */
export function VersionDetail({ version, champion }: { version: ModelVersion; champion: ModelVersion | undefined }) {
  const title = (
    <span className={classes.crown}>
      Version {version.version} <StateMark state={version.state} />
    </span>
  );
  return (
    <Panel
      title={title}
      id="version"
      aside={version.state === 'retired' && <TakeBack version={version} champion={champion} />}
    >
      {version.reason && (
        <p className={classes.reason} data-state={version.state}>
          {version.reason}
        </p>
      )}
      <Comparison version={version} champion={champion} />
      <h3 className={classes.group}>Made by</h3>
      <Facts
        items={[
          [
            'Run',
            <Link key="run" to="/runs/$run" params={{ run: version.run }} search={{ step: version.step }}>
              {version.dag} {version.partition} / {version.step}
            </Link>,
          ],
          [
            'Bundle',
            <span key="bundle" className="mono">
              {version.bundle}
            </span>,
          ],
          ...Object.entries(version.parameters).map(([name, value]): [string, React.ReactNode] => [
            name,
            <span key={name} className="mono">
              {value}
            </span>,
          ]),
        ]}
      />
      <h3 className={classes.group}>Trained on {plural(version.trained_on.length, 'partition')}</h3>
      <ul className={classes.partitions}>
        {version.trained_on.map((partition) => (
          <li key={`${partition.dataset}@${partition.partition}`}>
            <Link
              to="/datasets/$dag/$dataset"
              params={{ dag: partition.dag, dataset: partition.dataset }}
              search={{ partition: partition.partition }}
            >
              {partition.dataset}@{partition.partition}
            </Link>
            <ClassMark dataClass={partition.data_class} compact />
            <span className={classes.muted}>{partition.rows === undefined ? '' : `${count(partition.rows)} rows`}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Comparison({ version, champion }: { version: ModelVersion; champion: ModelVersion | undefined }) {
  const names = Object.keys(version.metrics).sort();
  if (names.length === 0) return null;
  const other = champion && champion.version !== version.version ? champion : undefined;
  return (
    <table className={classes.versions}>
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col" className={classes.right}>
            v{version.version}
          </th>
          {other && (
            <th scope="col" className={classes.right}>
              champion v{other.version}
            </th>
          )}
          {other && (
            <th scope="col" className={classes.right}>
              difference
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {names.map((name) => {
          const own = version.metrics[name];
          const theirs = other?.metrics[name];
          return (
            <tr key={name}>
              <td>{name}</td>
              <td className={classes.right}>{metric(own)}</td>
              {other && <td className={classes.right}>{metric(theirs)}</td>}
              {other && (
                <td className={classes.right}>
                  {own !== undefined && theirs !== undefined ? difference(own - theirs) : '–'}
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function TakeBack({ version, champion }: { version: ModelVersion; champion: ModelVersion | undefined }) {
  const [asking, setAsking] = useState(false);
  const takeBack = useTakeBack(version.model);
  const close = () => {
    setAsking(false);
    takeBack.reset();
  };
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setAsking(true)}>
        Take back…
      </Button>
      <Confirm
        key={String(asking)}
        opened={asking}
        title={`Make version ${version.version} champion again?`}
        action={`Take version ${version.version} back`}
        reason="required"
        pending={takeBack.isPending}
        error={takeBack.error}
        onClose={close}
        onConfirm={(reason) => takeBack.mutate({ version: version.version, reason }, { onSuccess: close })}
      >
        Users get version {version.version} from now on{champion ? `, and version ${champion.version} retires` : ''}. No
        gate is asked.
      </Confirm>
    </>
  );
}
