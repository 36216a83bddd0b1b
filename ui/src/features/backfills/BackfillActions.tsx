import { Button, Checkbox, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Backfill } from '@/api/types';
import { Confirm } from '@/shared/Confirm';
import { plural } from '@/shared/format';
import { ActionError } from '@/shared/Outcome';
import { useMove } from './queries';

/** What may be done to a backfill now, as the server says. */
export function BackfillActions({ backfill }: { backfill: Backfill }) {
  const [asking, setAsking] = useState(false);
  const [leaveRunning, setLeaveRunning] = useState(false);
  const move = useMove();
  const cancel = useMove();
  const allowed = new Set(backfill.allowed_actions);
  const { id, progress } = backfill;
  const close = () => {
    setAsking(false);
    cancel.reset();
  };
  return (
    <>
      <ActionError error={move.error} />
      {allowed.has('pause') && (
        <Button
          size="compact-xs"
          variant="default"
          loading={move.isPending}
          onClick={() => move.mutate({ id, action: 'pause' })}
        >
          Pause
        </Button>
      )}
      {allowed.has('resume') && (
        <Button size="compact-xs" loading={move.isPending} onClick={() => move.mutate({ id, action: 'resume' })}>
          Resume
        </Button>
      )}
      {allowed.has('cancel') && (
        <Button size="compact-xs" variant="default" onClick={() => setAsking(true)}>
          Cancel…
        </Button>
      )}
      <Confirm
        key={String(asking)}
        opened={asking}
        title={`Cancel backfill ${id}?`}
        action="Cancel the backfill"
        danger
        reason="optional"
        pending={cancel.isPending}
        error={cancel.error}
        onClose={close}
        onConfirm={(reason) => cancel.mutate({ id, action: 'cancel', reason, leaveRunning }, { onSuccess: close })}
      >
        <Stack gap="xs">
          <span>
            {plural(progress.waiting, 'interval')} that wait get no run, and that cannot be undone.{' '}
            {progress.running > 0 &&
              (leaveRunning
                ? `${plural(progress.running, 'run')} that go are left to their end.`
                : `${plural(progress.running, 'run')} that go are cancelled.`)}
          </span>
          {progress.running > 0 && (
            <Checkbox
              size="sm"
              label="Leave runs that go to their end"
              checked={leaveRunning}
              onChange={(event) => setLeaveRunning(event.currentTarget.checked)}
            />
          )}
        </Stack>
      </Confirm>
    </>
  );
}
