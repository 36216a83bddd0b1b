-- Runs with a step that waits for the interval before: it is ready and has a reason. They give way to runs of earlier intervals, or nothing
-- of what they wait for could ever be repaired.
CREATE INDEX step_run_held ON step_run (run) WHERE state = 'RESOLVING' AND reason <> '';
