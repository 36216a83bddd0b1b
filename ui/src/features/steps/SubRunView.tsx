import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { SubRun } from '@/api/types';
import { useRun } from '@/features/runs/queries';
import { StepCounts } from '@/features/runs/StepCounts';
import { shortId } from '@/shared/format';
import { StateMark } from '@/shared/Marks';
import { Loaded } from '@/shared/Outcome';
import classes from './StepPanel.module.css';

/** The run that a step has started: one line that opens, with a way to the run itself. */
export function SubRunView({ subRun }: { subRun: SubRun }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={classes.subRun} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Link to="/runs/$run" params={{ run: subRun.run }}>
          {subRun.dag} / {shortId(subRun.run)}
        </Link>{' '}
        <StateMark state={subRun.state} />
        <StepCounts steps={subRun.steps} />
      </summary>
      {open && <SubRunSteps run={subRun.run} />}
    </details>
  );
}

function SubRunSteps({ run }: { run: string }) {
  const query = useRun(run);
  return (
    <Loaded query={query} what="the run">
      {(detail) => (
        <ul>
          {detail.steps.map((step) => (
            <li key={step.step}>
              <Link to="/runs/$run" params={{ run }} search={{ step: step.step }}>
                {step.step}
              </Link>{' '}
              <StateMark state={step.state} /> {step.reason}
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}
