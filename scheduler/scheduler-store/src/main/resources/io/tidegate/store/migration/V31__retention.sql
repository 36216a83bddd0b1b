-- By which the rows of a run that is removed are found.
CREATE INDEX command_by_run ON command (run);
CREATE INDEX backfill_interval_by_run ON backfill_interval (run) WHERE run IS NOT NULL;
