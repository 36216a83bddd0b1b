import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AlertView } from '@/api/types';
import { parseAnsi } from '@/features/logs/ansi';
import { useRerun, useRun } from '@/features/runs/queries';
import { Confirm } from '@/shared/Confirm';
import { Icon } from '@/shared/Icon';
import { StateMark } from '@/shared/Marks';
import { Ago } from '@/shared/Time';
import classes from './AlertCard.module.css';
import { eventFace, isBroken } from './faces';
import { useResolveAlert } from './queries';

/** One problem: what, why, since when, what hangs on it, and the way on. */
export function AlertCard({ alert, detailed = false }: { alert: AlertView; detailed?: boolean }) {
  const face = eventFace(alert.event);
  const open = alert.state === 'open';
  const excerpt = alert.log_excerpt
    ?.split('\n')
    .map((line) =>
      parseAnsi(line)
        .map((span) => span.text)
        .join(''),
    )
    .join('\n');
  return (
    <article
      className={classes.card}
      data-state={open ? face.state : 'skipped'}
      aria-label={`${face.word}: ${alert.message}`}
    >
      <span className={classes.sign}>
        <Icon name={face.icon} size={16} />
      </span>
      <div className={classes.content}>
        <div className={classes.head}>
          <strong>{face.word}</strong>
          <span className={classes.where}>
            <Link to="/dags/$dag" params={{ dag: alert.dag }}>
              {alert.dag}
            </Link>
            {' / '}
            <Link to="/runs/$run" params={{ run: alert.run }} search={alert.step ? { step: alert.step } : {}}>
              {alert.partition ?? 'run'}
              {alert.step && ` / ${alert.step}`}
            </Link>
          </span>
          <span className={classes.since}>
            {open ? 'since ' : ''}
            <Ago at={alert.opened_at} />
          </span>
          {detailed && !open && <StateMark state="resolved" />}
        </div>
        <p className={classes.message}>{alert.message}</p>
        {excerpt && (detailed || isBroken(alert)) && (
          <pre className={classes.excerpt}>{detailed ? excerpt : lastLines(excerpt, 4)}</pre>
        )}
        {alert.affected.length > 0 && (
          <p className={classes.small}>
            Affected: <span className="mono">{alert.affected.join(', ')}</span>
          </p>
        )}
        {detailed && alert.deliveries.length > 0 && (
          <p className={classes.small}>Told: {alert.deliveries.join('; ')}</p>
        )}
        {detailed && alert.resolved_at && (
          <p className={classes.small}>
            Resolved <Ago at={alert.resolved_at} />
          </p>
        )}
      </div>
      {open && <AlertActions alert={alert} />}
    </article>
  );
}

function AlertActions({ alert }: { alert: AlertView }) {
  const [asking, setAsking] = useState<'rerun' | 'resolve'>();
  const run = useRun(alert.run);
  const rerun = useRerun();
  const resolve = useResolveAlert();
  const close = () => {
    setAsking(undefined);
    rerun.reset();
    resolve.reset();
  };
  return (
    <div className={classes.actions}>
      {run.data?.allowed_actions.includes('rerun_failed') && (
        <Button size="compact-sm" leftSection={<Icon name="retry" size={13} />} onClick={() => setAsking('rerun')}>
          Rerun
        </Button>
      )}
      <Button size="compact-sm" variant="default" onClick={() => setAsking('resolve')}>
        Resolve
      </Button>
      <Confirm
        key={`rerun ${asking}`}
        opened={asking === 'rerun'}
        title="Rerun what failed?"
        action="Rerun from failed"
        reason="optional"
        pending={rerun.isPending}
        error={rerun.error}
        onClose={close}
        onConfirm={(reason) => rerun.mutate({ run: alert.run, from: 'failed', reason }, { onSuccess: close })}
      >
        The failed steps of {alert.dag} {alert.partition} and what waits for them run again. What succeeded stays as it
        is.
      </Confirm>
      <Confirm
        key={`resolve ${asking}`}
        opened={asking === 'resolve'}
        title="Resolve this alert?"
        action="Resolve"
        reason="required"
        pending={resolve.isPending}
        error={resolve.error}
        onClose={close}
        onConfirm={(reason) => resolve.mutate({ id: alert.id, reason }, { onSuccess: close })}
      >
        It is taken off the list of open alerts. The run itself is not touched.
      </Confirm>
    </div>
  );
}

function lastLines(text: string, amount: number): string {
  return text.trimEnd().split('\n').slice(-amount).join('\n');
}
