import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { VersionChange, VersionView } from '@/api/types';
import { Copy } from '@/shared/Copy';
import { shortHash } from '@/shared/format';
import { Loaded } from '@/shared/Outcome';
import { Ago } from '@/shared/Time';
import classes from './Dags.module.css';
import { useVersionChanges } from './queries';

/** The versions of a DAG, newest first, each with what it changed. */
export function VersionTable({ dag, versions }: { dag: string; versions: VersionView[] }) {
  const [open, setOpen] = useState(versions[0]?.version);
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col">Version</th>
          <th scope="col">Since</th>
          <th scope="col">What changed</th>
        </tr>
      </thead>
      <tbody>
        {versions.map((version) => (
          <tr key={version.version}>
            <td>
              {version.number} <span className={classes.muted}>{version.current && 'current'}</span>
            </td>
            <td>
              <Copy text={version.version} shown={shortHash(version.version)} />
            </td>
            <td>
              <Ago at={version.created_at} />
            </td>
            <td>
              {open === version.version ? (
                <Changes dag={dag} version={version} />
              ) : (
                <UnstyledButton
                  className={classes.show}
                  aria-label={`Show what version ${version.number} changed`}
                  onClick={() => setOpen(version.version)}
                >
                  show
                </UnstyledButton>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Changes({ dag, version }: { dag: string; version: VersionView }) {
  const query = useVersionChanges(dag, version.version);
  return (
    <Loaded query={query} what="what changed">
      {({ from, changes }) =>
        from === undefined ? (
          <span className={classes.muted}>the first version</span>
        ) : (
          <ul className={classes.changes} aria-label={`What version ${version.number} changed`}>
            {changes.map((change) => (
              <Change key={change.kind + change.text} change={change} />
            ))}
            {changes.length === 0 && <li className={classes.muted}>nothing that this Tidegate can tell</li>}
          </ul>
        )
      }
    </Loaded>
  );
}

const SIGNS = { added: '+', removed: '−', changed: '~' };

function Change({ change }: { change: VersionChange }) {
  return (
    <li data-kind={change.kind}>
      <span aria-hidden="true" className="mono">
        {SIGNS[change.kind]}
      </span>{' '}
      {change.text}
    </li>
  );
}
