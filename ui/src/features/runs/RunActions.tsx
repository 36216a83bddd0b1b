import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import type { RunDetail } from '@/api/types';
import { LatestVersion } from '@/features/steps/StepActions';
import { Confirm } from '@/shared/Confirm';
import { plural } from '@/shared/format';
import { Icon } from '@/shared/Icon';
import { useCancelRun, useRerun } from './queries';
import classes from './RunPage.module.css';

type Asking = 'cancel' | 'failed' | 'all' | undefined;

/** What may be done to the run now, as the server says; nothing else is offered. */
export function RunActions({ detail }: { detail: RunDetail }) {
  const [asking, setAsking] = useState<Asking>();
  const [latest, setLatest] = useState(false);
  const rerun = useRerun();
  const cancel = useCancelRun();
  const { run } = detail.summary;
  const allowed = new Set(detail.allowed_actions);
  const bad = detail.steps.filter((step) => ['failed', 'upstream_failed', 'cancelled'].includes(step.state));
  const close = () => {
    setAsking(undefined);
    setLatest(false);
    rerun.reset();
    cancel.reset();
  };
  return (
    <div className={classes.actions}>
      {allowed.has('rerun_failed') && (
        <Button size="xs" leftSection={<Icon name="retry" size={14} />} onClick={() => setAsking('failed')}>
          Rerun from failed
        </Button>
      )}
      {allowed.has('rerun_all') && (
        <Button size="xs" variant="default" onClick={() => setAsking('all')}>
          Rerun all
        </Button>
      )}
      {allowed.has('cancel') && (
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="stop" size={14} />}
          onClick={() => setAsking('cancel')}
        >
          Cancel run
        </Button>
      )}
      <Confirm
        key={asking}
        opened={asking === 'failed' || asking === 'all'}
        title={asking === 'all' ? 'Rerun every step?' : 'Rerun what failed?'}
        action={asking === 'all' ? 'Rerun all' : 'Rerun from failed'}
        reason="optional"
        pending={rerun.isPending}
        error={rerun.error}
        onClose={close}
        onConfirm={(reason) =>
          rerun.mutate({ run, from: asking === 'all' ? 'all' : 'failed', latest, reason }, { onSuccess: close })
        }
      >
        <Stack gap="xs">
          <span>
            {asking === 'all'
              ? `All ${plural(detail.steps.length, 'step')} go back to waiting and run again in this run. Earlier attempts are kept.`
              : `${bad.map((step) => step.step).join(', ') || 'Nothing'} go back to waiting and run again. What succeeded stays as it is.`}
          </span>
          <LatestVersion checked={latest} onChange={setLatest} />
        </Stack>
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
    </div>
  );
}
