-- What people asked for, and what became of each interval: a server that starts goes on from here.
CREATE TABLE backfill (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dag text NOT NULL,
    version text NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    backwards boolean NOT NULL,
    reprocess text NOT NULL,
    parallel integer NOT NULL CHECK (parallel > 0),
    parameters jsonb NOT NULL,
    state text NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    FOREIGN KEY (dag, version) REFERENCES dag_version (dag, hash)
);

CREATE INDEX backfill_by_dag ON backfill (dag, id);
CREATE INDEX backfill_running ON backfill (id) WHERE state = 'RUNNING';

CREATE TABLE backfill_interval (
    backfill bigint NOT NULL REFERENCES backfill (id),
    -- In the order in which they run, from 0.
    place integer NOT NULL,
    interval_start timestamptz NOT NULL,
    interval_end timestamptz NOT NULL,
    interval_zone text NOT NULL,
    partition text NOT NULL,
    run uuid REFERENCES run (id),
    -- Why it gets no run.
    left_out text,
    PRIMARY KEY (backfill, place),
    CHECK (run IS NULL OR left_out IS NULL)
);

CREATE INDEX backfill_interval_waiting ON backfill_interval (backfill, place) WHERE run IS NULL AND left_out IS NULL;

-- The key of a run that a backfill made names it, so that the run and its backfill are tied in the statement that makes the run.
ALTER TABLE run ADD COLUMN backfill bigint REFERENCES backfill (id)
    GENERATED ALWAYS AS (CAST(substring(trigger_key FROM '^backfill:([0-9]+):') AS bigint)) STORED;

CREATE INDEX run_of_backfill ON run (backfill, interval_start) WHERE backfill IS NOT NULL;
CREATE INDEX run_of_backfill_going ON run (backfill)
    WHERE backfill IS NOT NULL AND state IN ('QUEUED', 'RUNNING', 'CANCELLING');

-- Runs of a backfill go beside those that the DAG's overlap rule counts.
DROP INDEX run_admitted;
DROP INDEX run_waiting;
CREATE INDEX run_admitted ON run (dag, id) WHERE admitted AND backfill IS NULL;
CREATE INDEX run_waiting ON run (dag, interval_start NULLS FIRST, id) WHERE state = 'QUEUED' AND owner IS NULL AND backfill IS NULL;
CREATE INDEX run_of_backfill_admitted ON run (backfill) WHERE admitted AND backfill IS NOT NULL;
CREATE INDEX run_of_backfill_waiting ON run (backfill, id) WHERE state = 'QUEUED' AND owner IS NULL AND backfill IS NOT NULL;
