import { Button, Checkbox, SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import type { RunStep } from '@/api/types';
import { useCancelRun, useMark, useRerun } from '@/features/runs/queries';
import { Confirm } from '@/shared/Confirm';
import { Icon } from '@/shared/Icon';
import { isTerminal } from '@/shared/states';

type Asking = 'rerun' | 'mark' | 'cancel' | undefined;

/**
 * What may be done to the step now, as the server says. Whoever acts on a step stays with it: `onAct` is told before, so that the page does
 * not turn to the step that tells most once this one is mended.
 */
export function StepActions({ run, step, onAct }: { run: string; step: RunStep; onAct: () => void }) {
  const [asking, setAsking] = useState<Asking>();
  const ask = (what: Asking) => {
    onAct();
    setAsking(what);
  };
  const allowed = new Set(step.allowed_actions);
  const close = () => setAsking(undefined);
  return (
    <>
      {allowed.has('rerun_from') && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<Icon name="retry" size={12} />}
          onClick={() => ask('rerun')}
        >
          Rerun from here
        </Button>
      )}
      {(allowed.has('mark_succeeded') || allowed.has('mark_failed')) && (
        <Button size="compact-xs" variant="default" onClick={() => ask('mark')}>
          Mark…
        </Button>
      )}
      {allowed.has('cancel') && (
        <Button size="compact-xs" variant="default" onClick={() => ask('cancel')}>
          Cancel run
        </Button>
      )}
      <RerunDialog key={`rerun ${asking}`} run={run} step={step} opened={asking === 'rerun'} onClose={close} />
      <MarkDialog key={`mark ${asking}`} run={run} step={step} opened={asking === 'mark'} onClose={close} />
      <CancelDialog key={`cancel ${asking}`} run={run} opened={asking === 'cancel'} onClose={close} />
    </>
  );
}

interface DialogProps {
  run: string;
  step: RunStep;
  opened: boolean;
  onClose: () => void;
}

function RerunDialog({ run, step, opened, onClose }: DialogProps) {
  const [following, setFollowing] = useState(true);
  const [latest, setLatest] = useState(false);
  const rerun = useRerun();
  return (
    <Confirm
      opened={opened}
      title={`Rerun from ${step.step}?`}
      action={following ? 'Rerun from here' : 'Rerun this step'}
      reason="optional"
      pending={rerun.isPending}
      error={rerun.error}
      onClose={onClose}
      onConfirm={(reason) =>
        rerun.mutate({ run, from: 'step', step: step.step, only: !following, latest, reason }, { onSuccess: onClose })
      }
    >
      <Stack gap="xs">
        <span>
          {following ? `${step.step} and every step after it go` : `${step.step} goes`} back to waiting and run
          {following ? '' : 's'} again in this run. Earlier attempts are kept.
        </span>
        <Checkbox
          size="sm"
          label="Also every step after it"
          checked={following}
          onChange={(event) => setFollowing(event.currentTarget.checked)}
        />
        <LatestVersion checked={latest} onChange={setLatest} />
      </Stack>
    </Confirm>
  );
}

/** Whether a run goes on with the newest version of its DAG. */
export function LatestVersion({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <Checkbox
      size="sm"
      label="With the latest version of the DAG"
      description="Otherwise the version the run began with. Steps that no longer exist are kept beside the run."
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

function MarkDialog({ run, step, opened, onClose }: DialogProps) {
  const allowed = new Set(step.allowed_actions);
  const choices = [
    { value: 'succeeded', label: 'Succeeded', disabled: !allowed.has('mark_succeeded') },
    { value: 'failed', label: 'Failed', disabled: !allowed.has('mark_failed') },
  ];
  const [state, setState] = useState(choices.find((choice) => !choice.disabled)?.value ?? 'succeeded');
  const mark = useMark();
  const good = state === 'succeeded';
  return (
    <Confirm
      opened={opened}
      title={`Mark ${step.step} as ended`}
      action={`Mark ${state}`}
      danger={!good}
      reason="required"
      pending={mark.isPending}
      error={mark.error}
      onClose={onClose}
      onConfirm={(reason) =>
        mark.mutate({ run, step: step.step, state: good ? 'succeeded' : 'failed', reason }, { onSuccess: onClose })
      }
    >
      <Stack gap="xs">
        <SegmentedControl
          size="xs"
          value={state}
          onChange={setState}
          data={choices}
          aria-label="What the step counts as"
        />
        <span>
          {!isTerminal(step.state) && step.attempts > 0 && 'Its attempt is stopped first. '}
          {good
            ? 'What it had blocked goes on. No data and no model is written: what follows finds what is there.'
            : 'Steps that wait for it are blocked, and the run fails.'}
        </span>
      </Stack>
    </Confirm>
  );
}

function CancelDialog({ run, opened, onClose }: Omit<DialogProps, 'step'>) {
  const cancel = useCancelRun();
  return (
    <Confirm
      opened={opened}
      title="Cancel this run?"
      action="Cancel the run"
      danger
      reason="optional"
      pending={cancel.isPending}
      error={cancel.error}
      onClose={onClose}
      onConfirm={(reason) => cancel.mutate({ run, reason }, { onSuccess: onClose })}
    >
      Working steps are asked to stop, waiting steps do not start. What has been written stays.
    </Confirm>
  );
}
