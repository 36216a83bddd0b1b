-- DAGs and their immutable versions. A DAG whose file is gone is marked, never deleted: its runs stay readable.
CREATE TABLE dag (
    name text PRIMARY KEY,
    current_version text NOT NULL,
    original_path text NOT NULL,
    paused boolean NOT NULL DEFAULT false,
    removed boolean NOT NULL DEFAULT false,
    -- End of the newest interval for which the schedule made a run or decided not to.
    scheduled_up_to timestamptz
);

CREATE TABLE dag_version (
    dag text NOT NULL REFERENCES dag (name),
    hash text NOT NULL,
    source text NOT NULL,
    -- Text, not jsonb: the hash was taken over exactly these characters.
    canonical_form text NOT NULL,
    folder text NOT NULL,
    file_name text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (dag, hash)
);

CREATE INDEX dag_version_by_age ON dag_version (dag, created_at DESC);
