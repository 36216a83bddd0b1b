import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { DagDetail } from '@/api/types';
import { ActionError } from '@/shared/Outcome';
import { ParameterField } from './ParameterField';
import { changed, defaults, isDate, problem, refusals } from './parameters';
import { useCreateRun } from './queries';

/** Asks for an interval and parameters, and goes to the run that was made. */
export function RunForm({ detail, opened, onClose }: { detail: DagDetail; opened: boolean; onClose: () => void }) {
  const [interval, setInterval] = useState('');
  const [values, setValues] = useState(() => defaults(detail.parameters));
  const [tried, setTried] = useState(false);
  const create = useCreateRun(detail.summary.dag);
  const navigate = useNavigate();
  const refused = refusals(create.error);
  const wrongDay = interval !== '' && !isDate(interval);
  const wrong = wrongDay || detail.parameters.some((parameter) => problem(parameter, values[parameter.name] ?? ''));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong || create.isPending) return;
    const parameters = changed(detail.parameters, values);
    create.mutate(
      { ...(interval ? { interval } : {}), ...(Object.keys(parameters).length > 0 ? { parameters } : {}) },
      { onSuccess: (run) => void navigate({ to: '/runs/$run', params: { run: run.run } }) },
    );
  };

  return (
    <Modal opened={opened} onClose={onClose} title={`Run ${detail.summary.dag} now`} centered>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TextInput
            type="date"
            label="Interval"
            description={
              detail.summary.schedule
                ? 'First day of the data interval. Empty: the newest one that is complete.'
                : 'Empty: none.'
            }
            value={interval}
            onChange={(event) => setInterval(event.currentTarget.value)}
            error={tried && wrongDay ? 'Must be a day such as 2001-03-05' : undefined}
            data-autofocus
          />
          {detail.parameters.map((parameter) => (
            <ParameterField
              key={parameter.name}
              parameter={parameter}
              value={values[parameter.name] ?? ''}
              error={tried ? (problem(parameter, values[parameter.name] ?? '') ?? refused[parameter.name]) : undefined}
              onChange={(value) => {
                setValues((before) => ({ ...before, [parameter.name]: value }));
                create.reset();
              }}
            />
          ))}
          <ActionError error={create.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button type="submit" loading={create.isPending}>
              Run
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
