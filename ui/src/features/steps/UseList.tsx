import { Link } from '@tanstack/react-router';
import type { RunStep, UseView } from '@/api/types';
import { bytes, count, shortHash } from '@/shared/format';
import { ClassMark } from '@/shared/Marks';
import { Empty } from '@/shared/Outcome';
import classes from './StepPanel.module.css';

/** What the newest attempt read and wrote, each with its data class. */
export function UseList({ dag, uses, step }: { dag: string; uses: UseView[]; step: RunStep }) {
  if (uses.length === 0) {
    return (
      <Empty icon="data" title="Nothing was read or written yet">
        {[...step.inputs.map((each) => `reads ${each}`), ...step.outputs.map((each) => `writes ${each}`)].join(', ')}
      </Empty>
    );
  }
  const newest = Math.max(...uses.map((use) => use.attempt));
  const current = uses.filter((use) => use.attempt === newest);
  return (
    <>
      <Group title="Read" dag={dag} uses={current.filter((use) => use.direction === 'read')} />
      <Group title="Written" dag={dag} uses={current.filter((use) => use.direction !== 'read')} />
    </>
  );
}

function Group({ title, dag, uses }: { title: string; dag: string; uses: UseView[] }) {
  if (uses.length === 0) return null;
  return (
    <>
      <h3 className={classes.group}>{title}</h3>
      <ul className={classes.uses}>
        {uses.map((use) => (
          <li key={`${use.dataset}@${use.partition}`}>
            <span className={classes.useName}>
              <Link
                to="/datasets/$dag/$dataset"
                params={{ dag, dataset: use.dataset }}
                search={{ partition: use.partition }}
              >
                {use.dataset}@{use.partition}
              </Link>
              <ClassMark dataClass={use.data_class} />
            </span>
            <span>
              {use.rows === undefined ? '' : `${count(use.rows)} rows`}
              {use.bytes === undefined ? '' : ` · ${bytes(use.bytes)}`}
            </span>
            <span className={classes.uri}>
              {use.fingerprint && `${shortHash(use.fingerprint)} · `}
              {use.uri}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
