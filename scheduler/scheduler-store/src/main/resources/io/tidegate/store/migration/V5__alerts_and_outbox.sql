CREATE TABLE alert (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dag text NOT NULL,
    problem text NOT NULL,
    event text NOT NULL,
    run uuid NOT NULL,
    step text,
    partition text,
    message text NOT NULL,
    channels jsonb NOT NULL,
    state text NOT NULL DEFAULT 'OPEN',
    opened_at timestamptz NOT NULL,
    resolved_at timestamptz,
    resolution text
);

-- A problem is told once while it lasts.
CREATE UNIQUE INDEX alert_open ON alert (dag, problem) WHERE state = 'OPEN';
CREATE INDEX alert_open_by_age ON alert (id) WHERE state = 'OPEN';

-- Messages that were committed with their cause and must leave at least once.
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    destination text NOT NULL,
    reference text NOT NULL,
    action text NOT NULL,
    created_at timestamptz NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL,
    delivered_at timestamptz,
    abandoned boolean NOT NULL DEFAULT false,
    problem text,
    CONSTRAINT outbox_told_once UNIQUE (topic, reference, destination, action)
);

CREATE INDEX outbox_pending ON outbox (topic, id) WHERE delivered_at IS NULL AND NOT abandoned;
CREATE INDEX outbox_pending_by_time ON outbox (topic, next_at) WHERE delivered_at IS NULL AND NOT abandoned;
