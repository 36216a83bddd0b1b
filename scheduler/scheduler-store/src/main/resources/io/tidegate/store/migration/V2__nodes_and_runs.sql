-- Nodes and their leases. All lease arithmetic uses this database's clock.
CREATE TABLE node (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    registered_at timestamptz NOT NULL DEFAULT now(),
    lease_until timestamptz NOT NULL
);

CREATE TABLE run (
    id uuid PRIMARY KEY,
    dag text NOT NULL,
    version text NOT NULL,
    trigger_kind text NOT NULL,
    trigger_key text NOT NULL,
    actor text NOT NULL,
    interval_start timestamptz,
    interval_end timestamptz,
    interval_zone text,
    -- Short name of the interval, computed once so that lists and metrics carry it.
    partition text,
    parameters jsonb NOT NULL,
    state text NOT NULL,
    reason text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    finished_at timestamptz,
    overlap_policy text NOT NULL,
    overlap_limit integer NOT NULL,
    -- The node that works on the run, and the number that grows each time the owner changes: a write with an older number is refused.
    owner uuid REFERENCES node (id),
    fence bigint NOT NULL DEFAULT 0,
    -- Counts against the DAG's overlap limit: it is going, or a node is about to start it.
    admitted boolean NOT NULL GENERATED ALWAYS AS
        (state IN ('RUNNING', 'CANCELLING') OR (state = 'QUEUED' AND owner IS NOT NULL)) STORED,
    FOREIGN KEY (dag, version) REFERENCES dag_version (dag, hash),
    CONSTRAINT run_made_once UNIQUE (dag, trigger_key),
    CHECK (num_nonnulls(interval_start, interval_end, interval_zone, partition) IN (0, 4))
);

-- Lists by key: ids are time-ordered.
CREATE INDEX run_by_dag ON run (dag, id);
CREATE INDEX run_by_state ON run (state, id);
CREATE INDEX run_by_dag_and_state ON run (dag, state, id);
-- Admission and take-over look only at runs that are not over, however many are.
CREATE INDEX run_admitted ON run (dag, id) WHERE admitted;
CREATE INDEX run_waiting ON run (dag, interval_start NULLS FIRST, id) WHERE state = 'QUEUED' AND owner IS NULL;
CREATE INDEX run_orphaned ON run (id) WHERE owner IS NULL AND state IN ('RUNNING', 'CANCELLING');
CREATE INDEX run_owned ON run (owner) WHERE owner IS NOT NULL;

CREATE TABLE step_run (
    run uuid NOT NULL REFERENCES run (id),
    step text NOT NULL,
    state text NOT NULL DEFAULT 'WAITING',
    reason text NOT NULL DEFAULT '',
    attempts integer NOT NULL DEFAULT 0,
    -- Failures by kind that are held against the step's retries.
    spent jsonb NOT NULL DEFAULT '{}',
    started_at timestamptz,
    finished_at timestamptz,
    next_attempt_at timestamptz,
    failure text,
    -- What a refit's conditions read, what a gate said.
    reading jsonb,
    verdict jsonb,
    PRIMARY KEY (run, step)
);

CREATE TABLE attempt (
    run uuid NOT NULL,
    step text NOT NULL,
    number integer NOT NULL,
    launch_key text NOT NULL UNIQUE,
    executor text NOT NULL,
    external_id text,
    job_details jsonb,
    state text NOT NULL,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    finished_at timestamptz,
    exit_code integer,
    failure text,
    message text NOT NULL DEFAULT '',
    PRIMARY KEY (run, step, number),
    FOREIGN KEY (run, step) REFERENCES step_run (run, step)
);

-- History: lines are added, never changed.
CREATE TABLE run_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run uuid NOT NULL REFERENCES run (id),
    at timestamptz NOT NULL,
    step text,
    attempt integer,
    type text NOT NULL,
    detail jsonb NOT NULL DEFAULT '{}'
);

CREATE INDEX run_event_by_run ON run_event (run, id);

CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION 'rows of % are history and never change', TG_TABLE_NAME;
END
$$;

CREATE TRIGGER run_event_is_history BEFORE UPDATE ON run_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

-- What people ask of runs, until it has been done.
CREATE TABLE command (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run uuid NOT NULL REFERENCES run (id),
    type text NOT NULL,
    step text,
    actor text NOT NULL,
    reason text NOT NULL,
    submitted_at timestamptz NOT NULL DEFAULT now(),
    done_at timestamptz
);

CREATE INDEX command_pending ON command (run, id) WHERE done_at IS NULL;
