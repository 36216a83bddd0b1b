-- Pools: places that steps of all DAGs share. How many are taken is not written anywhere: it follows from attempts that go on.
CREATE TABLE pool (
    name text PRIMARY KEY,
    places integer NOT NULL CHECK (places >= 0),
    -- What the servers' configuration last said, so that a start without a change of it leaves what people have set.
    configured integer,
    changed_at timestamptz NOT NULL,
    changed_by text NOT NULL
);

-- What people did to pools: lines are added, never changed.
CREATE TABLE pool_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    pool text NOT NULL,
    type text NOT NULL,
    places integer NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL
);

CREATE TRIGGER pool_event_is_history BEFORE UPDATE ON pool_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

-- What an attempt asks for, written with the intent to launch it. Attempts that ask for nothing have no row.
CREATE TABLE place_request (
    run uuid NOT NULL,
    step text NOT NULL,
    number integer NOT NULL,
    demand jsonb NOT NULL,
    granted_at timestamptz,
    -- Its attempt was seen to have ended, which is for ever: it need not be looked at again.
    over boolean NOT NULL DEFAULT false,
    PRIMARY KEY (run, step, number),
    FOREIGN KEY (run, step, number) REFERENCES attempt (run, step, number) ON DELETE CASCADE
);

CREATE INDEX place_request_going ON place_request (run) WHERE NOT over;
