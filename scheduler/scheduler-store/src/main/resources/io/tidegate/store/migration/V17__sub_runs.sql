-- Which attempt stands for which run: the runs that steps of other runs started. A step that is tried again may go on with the run of the
-- attempt before, so several attempts of one step may stand for one run.
CREATE TABLE sub_run (
    launch_key text PRIMARY KEY,
    parent uuid NOT NULL REFERENCES run (id),
    step text NOT NULL,
    attempt integer NOT NULL,
    run uuid NOT NULL REFERENCES run (id),
    -- Values of its steps that the attempt reports, and whether the attempt ends with it.
    takes jsonb NOT NULL,
    waits boolean NOT NULL,
    tied_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX sub_run_by_parent ON sub_run (parent, step, attempt);
CREATE INDEX sub_run_by_run ON sub_run (run);
