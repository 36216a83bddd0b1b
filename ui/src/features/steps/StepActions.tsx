import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RunStep } from '@/api/types';
import { useCancelRun, useRerun } from '@/features/runs/queries';
import { Confirm } from '@/shared/Confirm';
import { Icon } from '@/shared/Icon';

/** What may be done to the step now, as the server says. */
export function StepActions({ run, step }: { run: string; step: RunStep }) {
  const [asking, setAsking] = useState<'rerun' | 'cancel'>();
  const rerun = useRerun();
  const cancel = useCancelRun();
  const close = () => {
    setAsking(undefined);
    rerun.reset();
    cancel.reset();
  };
  const allowed = new Set(step.allowed_actions);
  return (
    <>
      {allowed.has('rerun_from') && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<Icon name="retry" size={12} />}
          onClick={() => setAsking('rerun')}
        >
          Rerun from here
        </Button>
      )}
      {allowed.has('cancel') && (
        <Button size="compact-xs" variant="default" onClick={() => setAsking('cancel')}>
          Cancel run
        </Button>
      )}
      <Confirm
        key={`rerun ${asking}`}
        opened={asking === 'rerun'}
        title={`Rerun from ${step.step}?`}
        action="Rerun from here"
        reason="optional"
        pending={rerun.isPending}
        error={rerun.error}
        onClose={close}
        onConfirm={(reason) => rerun.mutate({ run, from: 'step', step: step.step, reason }, { onSuccess: close })}
      >
        {step.step} and every step after it go back to waiting and run again in this run. Earlier attempts are kept.
      </Confirm>
      <Confirm
        key={`cancel ${asking}`}
        opened={asking === 'cancel'}
        title="Cancel this run?"
        action="Cancel the run"
        danger
        reason="optional"
        pending={cancel.isPending}
        error={cancel.error}
        onClose={close}
        onConfirm={(reason) => cancel.mutate({ run, reason }, { onSuccess: close })}
      >
        Working steps are asked to stop, waiting steps do not start. What has been written stays.
      </Confirm>
    </>
  );
}
