-- What a person said of a step's end, beside what its attempts say.
ALTER TABLE step_run ADD COLUMN mark jsonb;
-- True for a step of an earlier version of the DAG, which the run went on without: kept with its attempts, counted nowhere.
ALTER TABLE step_run ADD COLUMN former boolean NOT NULL DEFAULT false;

-- A command may be about several steps, and name the version to go on with.
ALTER TABLE command ADD COLUMN steps jsonb NOT NULL DEFAULT '[]';
ALTER TABLE command ADD COLUMN version text;
UPDATE command SET steps = jsonb_build_array(step) WHERE step IS NOT NULL;
ALTER TABLE command DROP COLUMN step;

-- The newest run of each interval in a stretch.
CREATE INDEX run_by_interval ON run (dag, interval_start, id DESC) WHERE interval_start IS NOT NULL;
