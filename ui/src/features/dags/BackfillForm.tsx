import { Button, Group, Modal, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { DagDetail } from '@/api/types';
import { plural } from '@/shared/format';
import { ActionError } from '@/shared/Outcome';
import { rangeProblem } from './parameters';
import { useBackfill } from './queries';

/** Asks for a stretch of intervals and says what was made of it. */
export function BackfillForm({ detail, opened, onClose }: { detail: DagDetail; opened: boolean; onClose: () => void }) {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [tried, setTried] = useState(false);
  const backfill = useBackfill(detail.summary.dag);
  const wrong = rangeProblem(from, to);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!wrong.from && !wrong.to && !backfill.isPending) backfill.mutate({ from, to });
  };

  const made = backfill.data;
  return (
    <Modal opened={opened} onClose={onClose} title={`Backfill ${detail.summary.dag}`} centered>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            Makes a run for each interval in the stretch that has none yet. They wait in line under the DAG’s overlap
            rule.
          </Text>
          <SimpleGrid cols={2}>
            <TextInput
              type="date"
              label="First interval"
              value={from}
              error={tried ? wrong.from : undefined}
              onChange={(event) => setFrom(event.currentTarget.value)}
              data-autofocus
            />
            <TextInput
              type="date"
              label="Last interval"
              value={to}
              error={tried ? wrong.to : undefined}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
          </SimpleGrid>
          <ActionError error={backfill.error} />
          {made && (
            <Text size="sm" role="status">
              {plural(made.runs.length, 'run')} made, {made.already_there} there already.
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {made ? 'Close' : 'Not now'}
            </Button>
            {!made && (
              <Button type="submit" loading={backfill.isPending}>
                Backfill
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
