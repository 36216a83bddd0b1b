-- What an attempt reported, taken in once: this row is the mark.
CREATE TABLE attempt_report (
    run uuid NOT NULL,
    step text NOT NULL,
    attempt integer NOT NULL,
    taken_at timestamptz NOT NULL,
    -- Identifies the program that ran: DAG version and libraries.
    code_digest text NOT NULL,
    parameters jsonb NOT NULL,
    -- Name to JSON as the step wrote it, kept as text.
    outputs jsonb NOT NULL,
    problems jsonb NOT NULL,
    PRIMARY KEY (run, step, attempt)
);

CREATE TABLE model (
    name text PRIMARY KEY,
    -- The model's folder, where the pointer to the champion lies; empty until a DAG declares it.
    target text NOT NULL DEFAULT '',
    -- How many versions there are: the number of the newest one. Counted up under this row's lock.
    versions integer NOT NULL DEFAULT 0
);

CREATE TABLE model_version (
    model text NOT NULL REFERENCES model (name),
    version integer NOT NULL,
    state text NOT NULL,
    reason text NOT NULL DEFAULT '',
    bundle text NOT NULL,
    fingerprint text NOT NULL,
    dag text NOT NULL,
    run uuid NOT NULL,
    step text NOT NULL,
    attempt integer NOT NULL,
    partition text,
    interval_start timestamptz,
    parameters jsonb NOT NULL,
    metrics jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (model, version)
);

CREATE INDEX model_version_by_attempt ON model_version (run, step, attempt);
CREATE INDEX model_version_by_interval ON model_version (model, interval_start);
CREATE INDEX model_version_by_dag ON model_version (model, dag);

-- Exactly the partitions a version was trained on.
CREATE TABLE model_training_partition (
    model text NOT NULL,
    version integer NOT NULL,
    place integer NOT NULL,
    dag text NOT NULL,
    dataset text NOT NULL,
    data_class text,
    partition text NOT NULL,
    uri text NOT NULL,
    fingerprint text,
    row_count bigint,
    byte_count bigint,
    PRIMARY KEY (model, version, place),
    FOREIGN KEY (model, version) REFERENCES model_version (model, version)
);

-- One row a model: the atomic fact of who is champion.
CREATE TABLE champion (
    model text PRIMARY KEY REFERENCES model (name),
    version integer NOT NULL,
    since timestamptz NOT NULL,
    FOREIGN KEY (model, version) REFERENCES model_version (model, version)
);

CREATE TABLE champion_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    model text NOT NULL,
    from_version integer,
    to_version integer NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    FOREIGN KEY (model, to_version) REFERENCES model_version (model, version)
);

CREATE INDEX champion_change_by_model ON champion_change (model, id);

CREATE TRIGGER champion_change_is_history BEFORE UPDATE ON champion_change
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

CREATE TABLE metric (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run uuid NOT NULL,
    dag text NOT NULL,
    step text NOT NULL,
    attempt integer NOT NULL,
    partition text,
    interval_start timestamptz,
    name text NOT NULL,
    value double precision NOT NULL,
    samples bigint NOT NULL,
    dataset text,
    model text,
    model_version integer,
    role text,
    slice_column text,
    slice_value text,
    -- Measured to compare a challenger with the champion: no reading of how the champion fares in the world.
    comparison boolean NOT NULL,
    at timestamptz NOT NULL
);

CREATE INDEX metric_by_run ON metric (run, id);
CREATE INDEX metric_by_dag ON metric (dag, id);
CREATE INDEX metric_by_model ON metric (model, id) WHERE model IS NOT NULL;
-- The history that thresholds read.
CREATE INDEX metric_history ON metric (model, name, interval_start DESC, id DESC)
    WHERE slice_column IS NULL AND NOT comparison;
