import { plural } from '@/shared/format';
import { Panel } from '@/shared/Panel';
import classes from './Dags.module.css';
import { useDagProblems } from './queries';

/** DAG files that cannot be read. Their last good version stays in force, so this is easily missed elsewhere. */
export function FileProblems() {
  const query = useDagProblems();
  const problems = query.data?.items ?? [];
  if (problems.length === 0) return null;
  return (
    <Panel title={`${plural(problems.length, 'problem')} in DAG files`} id="file-problems" flush>
      <ul className={classes.problems}>
        {problems.map((problem) => (
          <li key={`${problem.file}:${problem.line}:${problem.column}:${problem.message}`} data-state="retrying">
            <code>
              {problem.file}:{problem.line}:{problem.column}
            </code>
            <span>{problem.message}</span>
            {problem.suggestion && <span className={classes.muted}>{problem.suggestion}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
