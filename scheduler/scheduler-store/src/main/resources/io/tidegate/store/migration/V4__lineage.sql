-- Which attempt read and wrote which content of which partition.
CREATE TABLE partition_use (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run uuid NOT NULL,
    step text NOT NULL,
    attempt integer NOT NULL,
    direction text NOT NULL,
    dag text NOT NULL,
    dataset text NOT NULL,
    data_class text NOT NULL,
    partition text NOT NULL,
    uri text NOT NULL,
    fingerprint text,
    row_count bigint,
    byte_count bigint,
    -- False when the attempt failed: nothing is built on what it wrote.
    effective boolean NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT partition_used_once UNIQUE (run, step, attempt, direction, dag, dataset, partition)
);

CREATE INDEX partition_use_by_partition ON partition_use (dag, dataset, partition, direction, id) WHERE effective;

-- The newest content of each partition.
CREATE TABLE partition_current (
    dag text NOT NULL,
    dataset text NOT NULL,
    partition text NOT NULL,
    data_class text NOT NULL,
    uri text NOT NULL,
    fingerprint text,
    row_count bigint,
    byte_count bigint,
    run uuid NOT NULL,
    step text NOT NULL,
    attempt integer NOT NULL,
    written_at timestamptz NOT NULL,
    PRIMARY KEY (dag, dataset, partition)
);

-- For short names of datasets.
CREATE INDEX partition_current_by_dataset ON partition_current (dataset, dag);

-- Which attempt worked with which model version.
CREATE TABLE model_use (
    run uuid NOT NULL,
    step text NOT NULL,
    attempt integer NOT NULL,
    model text NOT NULL,
    version integer NOT NULL,
    role text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (run, step, attempt, model, version),
    FOREIGN KEY (model, version) REFERENCES model_version (model, version)
);

CREATE INDEX model_use_by_version ON model_use (model, version);
