import type { AttemptView, RunStep } from '@/api/types';
import { FAILURE_WORDS } from '@/shared/states';
import { Ago } from '@/shared/Time';
import classes from './StepPanel.module.css';

/** Why a step failed, first in words, then with what the other side said. */
export function FailureBox({ step, attempt }: { step: RunStep; attempt: AttemptView | undefined }) {
  const kind = step.failure ?? attempt?.failure;
  const message = attempt?.message || step.reason;
  return (
    <div className={classes.failure} data-state="failed" role="note">
      <strong>
        Failed{kind ? ` (${kind}): ${FAILURE_WORDS[kind] ?? kind}` : ''}
        {attempt?.exit_code !== undefined && `, exit code ${attempt.exit_code}`}
      </strong>{' '}
      <span className={classes.sub}>
        <Ago at={step.finished_at} />
      </span>
      {message && message !== `exit code ${attempt?.exit_code}` && <p>{message}</p>}
    </div>
  );
}
