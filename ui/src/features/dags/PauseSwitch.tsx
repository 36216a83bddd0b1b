import { Switch, Tooltip } from '@mantine/core';
import { sentence } from '@/api/client';
import { usePause } from './queries';

/** On means that the schedule makes runs. Shows the wish at once and goes back when the server refuses. */
export function PauseSwitch({ dag, paused }: { dag: string; paused: boolean }) {
  const pause = usePause();
  const on = pause.isPending ? !pause.variables.paused : !paused;
  return (
    <Tooltip
      label={pause.isError ? sentence(pause.error) : on ? 'Scheduled: click to pause' : 'Paused: click to resume'}
    >
      <Switch
        size="sm"
        checked={on}
        aria-label={`Schedule of ${dag}`}
        error={pause.isError}
        onChange={(event) => pause.mutate({ dag, paused: !event.currentTarget.checked })}
      />
    </Tooltip>
  );
}
