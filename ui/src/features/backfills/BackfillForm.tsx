import { Button, Group, Modal, NumberInput, SegmentedControl, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { BackfillPreview, BackfillRequest, DagDetail, Reprocess } from '@/api/types';
import { ParameterField } from '@/features/dags/ParameterField';
import { changed, defaults, problem, rangeProblem, refusals } from '@/features/dags/parameters';
import { plural } from '@/shared/format';
import { ActionError } from '@/shared/Outcome';
import classes from './Backfills.module.css';
import { useBegin, usePreview } from './queries';

const SHOWN = 200;

/** Asks for a stretch of intervals, shows what would run and what would not, and only then begins. */
export function BackfillForm({ detail, opened, onClose }: { detail: DagDetail; opened: boolean; onClose: () => void }) {
  const dag = detail.summary.dag;
  const [request, setRequest] = useState<BackfillRequest>({
    from: '',
    to: '',
    backwards: false,
    reprocess: 'none',
    parallel: 1,
  });
  const [values, setValues] = useState(() => defaults(detail.parameters));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const preview = usePreview(dag);
  const begin = useBegin(dag);
  const navigate = useNavigate();
  const refused = refusals(preview.error ?? begin.error);
  const wrong = rangeProblem(request.from, request.to);
  const valid =
    !wrong.from &&
    !wrong.to &&
    !detail.parameters.some((parameter) => problem(parameter, values[parameter.name] ?? ''));

  /** What was previewed is what begins: a change asks for a new look. */
  const change = (part: Partial<BackfillRequest>) => {
    setRequest((before) => ({ ...before, ...part }));
    preview.reset();
    begin.reset();
  };
  const whole = () => ({ ...request, parameters: changed(detail.parameters, values), ...(reason ? { reason } : {}) });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!valid || preview.isPending || begin.isPending) return;
    if (!preview.data) {
      preview.mutate(whole());
    } else if (preview.data.would_run > 0) {
      begin.mutate(whole(), {
        onSuccess: (backfill) => void navigate({ to: '/backfills/$id', params: { id: String(backfill.id) } }),
      });
    }
  };

  return (
    <Modal opened={opened} onClose={onClose} title={`Backfill ${dag}`} centered size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <SimpleGrid cols={2}>
            <TextInput
              type="date"
              label="First interval"
              value={request.from}
              error={tried ? wrong.from : undefined}
              onChange={(event) => change({ from: event.currentTarget.value })}
              data-autofocus
            />
            <TextInput
              type="date"
              label="Last interval"
              value={request.to}
              error={tried ? wrong.to : undefined}
              onChange={(event) => change({ to: event.currentTarget.value })}
            />
          </SimpleGrid>
          <Manner request={request} change={change} />
          {detail.parameters.map((parameter) => (
            <ParameterField
              key={parameter.name}
              parameter={parameter}
              value={values[parameter.name] ?? ''}
              error={tried ? (problem(parameter, values[parameter.name] ?? '') ?? refused[parameter.name]) : undefined}
              onChange={(value) => {
                setValues((before) => ({ ...before, [parameter.name]: value }));
                preview.reset();
              }}
            />
          ))}
          <TextInput
            label="Reason (optional)"
            description="Goes into the history, for those who come after you."
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {preview.data && <Preview preview={preview.data} />}
          <ActionError error={preview.error ?? begin.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button
              type="submit"
              loading={preview.isPending || begin.isPending}
              disabled={preview.data?.would_run === 0}
            >
              {preview.data ? `Begin ${plural(preview.data.would_run, 'run')}` : 'Preview'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Manner({ request, change }: { request: BackfillRequest; change: (part: Partial<BackfillRequest>) => void }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <Choice
        label="Order"
        value={request.backwards ? 'backwards' : 'forwards'}
        onChange={(value) => change({ backwards: value === 'backwards' })}
        data={[
          { value: 'forwards', label: 'Forwards' },
          { value: 'backwards', label: 'Backwards' },
        ]}
      />
      <Choice
        label="Intervals with a run"
        value={request.reprocess ?? 'none'}
        onChange={(value) => change({ reprocess: value as Reprocess })}
        data={[
          { value: 'none', label: 'Leave' },
          { value: 'failed', label: 'Failed' },
          { value: 'all', label: 'All' },
        ]}
      />
      <NumberInput
        label="At once"
        value={request.parallel ?? 1}
        min={1}
        max={100}
        clampBehavior="strict"
        allowDecimal={false}
        size="xs"
        onChange={(value) => change({ parallel: Number(value) || 1 })}
      />
    </SimpleGrid>
  );
}

function Choice(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  data: { value: string; label: string }[];
}) {
  const { label, ...control } = props;
  return (
    <div>
      <div className={classes.label}>{label}</div>
      <SegmentedControl size="xs" fullWidth aria-label={label} {...control} />
    </div>
  );
}

/** In the order in which they would run. */
function Preview({ preview }: { preview: BackfillPreview }) {
  const shown = preview.intervals.slice(0, SHOWN);
  return (
    <div>
      <p className={classes.verdict} role="status">
        <strong>
          {preview.would_run} of {plural(preview.total, 'interval')}
        </strong>{' '}
        would run{preview.would_run < preview.total && ', the others are left out'}.
      </p>
      <ol className={classes.preview} tabIndex={0} aria-label="What would run">
        {shown.map((each) => (
          <li key={each.interval.start} data-left-out={each.left_out ? true : undefined}>
            <span className="number">{each.interval.partition}</span>
            <span>{each.left_out ?? 'would run'}</span>
          </li>
        ))}
        {preview.intervals.length > SHOWN && <li>… and {preview.intervals.length - SHOWN} more</li>}
      </ol>
    </div>
  );
}
