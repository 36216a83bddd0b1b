import { Button, NumberInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Pool, PoolClaim } from '@/api/types';
import { Confirm } from '@/shared/Confirm';
import { plural } from '@/shared/format';
import { Empty, Loaded } from '@/shared/Outcome';
import { PageHead } from '@/shared/PageHead';
import { Panel } from '@/shared/Panel';
import { Ago } from '@/shared/Time';
import { useTitle } from '@/shared/useTitle';
import classes from './Pools.module.css';
import { usePools, useSetPool } from './queries';

/** Pools with who has places and who waits for some. */
export function PoolsPage() {
  const query = usePools();
  useTitle('Pools');
  return (
    <>
      <PageHead title="Pools" about="Places that steps of all DAGs share: who has some, who waits, and for what." />
      <Loaded query={query} what="the pools">
        {(page) =>
          page.items.length === 0 ? (
            <Panel>
              <Empty icon="queue" title="No pools yet">
                Declare them in the server's configuration, or make one: tidegate pools set NAME PLACES
              </Empty>
            </Panel>
          ) : (
            page.items.map((pool) => <PoolPanel key={pool.pool} pool={pool} />)
          )
        }
      </Loaded>
    </>
  );
}

function PoolPanel({ pool }: { pool: Pool }) {
  const share = pool.places === 0 ? 100 : Math.min(100, (pool.used / pool.places) * 100);
  return (
    <div className={classes.pool}>
      <Panel title={pool.pool} id={`pool-${pool.pool}`} aside={<Resize pool={pool} />} flush>
        <div className={classes.numbers}>
          <span className={classes.track} aria-hidden="true">
            <span
              className={classes.used}
              data-state={pool.used >= pool.places ? 'failed' : 'running'}
              style={{ width: `${share}%` }}
            />
          </span>
          <span>
            {pool.used} of {plural(pool.places, 'place')} used, {pool.free} free
          </span>
          <span className={classes.muted}>
            set by {pool.changed_by} <Ago at={pool.changed_at} />
          </span>
        </div>
        <ul className={classes.list} aria-label={`Attempts at pool ${pool.pool}`}>
          {pool.holders.map((claim) => (
            <Claim key={claim.launch_key} claim={claim} word="has" />
          ))}
          {pool.waiters.map((claim) => (
            <Claim key={claim.launch_key} claim={claim} word="waits for" />
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function Claim({ claim, word }: { claim: PoolClaim; word: string }) {
  return (
    <li className={classes.row}>
      <Link to="/runs/$run" params={{ run: claim.run }} search={{ step: claim.step }} className={classes.name}>
        {claim.dag} / {claim.step}
      </Link>
      <span>
        {word} {plural(claim.places, 'place')}
      </span>
      <span className={classes.muted}>
        since <Ago at={claim.since} />
        {claim.priority > 0 && `, priority ${claim.priority}`}
      </span>
      {claim.reason && <span className={classes.reason}>{claim.reason}</span>}
    </li>
  );
}

function Resize({ pool }: { pool: Pool }) {
  const [asking, setAsking] = useState(false);
  const [places, setPlaces] = useState<number | string>(pool.places);
  const set = useSetPool();
  const close = () => {
    setAsking(false);
    set.reset();
  };
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          setPlaces(pool.places);
          setAsking(true);
        }}
      >
        Resize…
      </Button>
      <Confirm
        key={`resize ${asking}`}
        opened={asking}
        title={`Give pool ${pool.pool} another size`}
        action="Resize"
        reason="optional"
        pending={set.isPending}
        error={set.error}
        onClose={close}
        onConfirm={(reason) => set.mutate({ pool: pool.pool, places: Number(places), reason }, { onSuccess: close })}
      >
        <NumberInput
          label="Places"
          description="What is held beyond it stays held until its attempts end."
          value={places}
          onChange={setPlaces}
          min={0}
          max={100_000}
          allowDecimal={false}
        />
      </Confirm>
    </>
  );
}
