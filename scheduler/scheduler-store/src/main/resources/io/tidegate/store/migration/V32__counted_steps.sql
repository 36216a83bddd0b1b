-- How many steps of each state a run has that is over, so that lists need not read its steps. True as long as the fence is the same: whoever
-- changes a step claims the run, which moves the fence. Empty for runs that a version before this one has given back: their steps are counted.
ALTER TABLE run
    ADD COLUMN step_counts jsonb,
    ADD COLUMN counted_at_fence bigint;
