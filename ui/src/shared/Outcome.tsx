import { Button, Loader } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError, sentence } from '@/api/client';
import { Icon, type IconName } from './Icon';
import classes from './Outcome.module.css';

/** Nothing to show, and why, and what to do about it. */
export function Empty({ icon = 'dot', title, children }: { icon?: IconName; title: string; children?: ReactNode }) {
  return (
    <div className={classes.outcome}>
      <Icon name={icon} size={22} />
      <strong>{title}</strong>
      {children && <div className={classes.more}>{children}</div>}
    </div>
  );
}

export function Loading({ what }: { what: string }) {
  return (
    <div className={classes.outcome} role="status">
      <Loader size="sm" />
      <span>Loading {what}…</span>
    </div>
  );
}

export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const missing = error instanceof ApiError && error.status === 404;
  return (
    <div className={classes.outcome} role="alert" data-state="failed">
      <Icon name={missing ? 'look' : 'alert'} size={22} />
      <strong>{missing ? 'Not found' : 'This could not be loaded'}</strong>
      <div className={classes.more}>{sentence(error)}</div>
      {retry && !missing && (
        <Button size="xs" variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/**
 * Shows what a query brought. Data that is there stays there while the server is away; an error takes the place only of data that
 * never came.
 */
export function Loaded<T>({
  query,
  what,
  children,
}: {
  query: UseQueryResult<T>;
  what: string;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return <Loading what={what} />;
}

/** The answer to something a person did, next to where it was done. */
export function ActionError({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <div role="alert" className={classes.actionError} data-state="failed">
      <Icon name="alert" size={14} />
      <span>{sentence(error)}</span>
    </div>
  );
}
