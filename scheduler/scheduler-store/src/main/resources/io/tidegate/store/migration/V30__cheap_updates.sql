-- What changes with every step must not be in an index, or each change writes to all indexes of the table: only then does PostgreSQL update in place
-- (heap-only tuples). So the index of steps that wait for the interval before goes by a column of its own.
ALTER TABLE step_run ADD COLUMN held boolean NOT NULL DEFAULT false;
UPDATE step_run SET held = true WHERE state = 'RESOLVING' AND reason <> '';
DROP INDEX step_run_held;
CREATE INDEX step_run_that_waits ON step_run (run) WHERE held;

-- Room in each page for the next versions of its rows.
ALTER TABLE step_run SET (fillfactor = 50);
ALTER TABLE attempt SET (fillfactor = 70);

-- The writer has locked the run of every line of history: the database need not look for it again, line by line.
ALTER TABLE run_event DROP CONSTRAINT run_event_run_fkey;

-- Dead rows and new ones are seen to when there are some thousands of them, however large the table has become.
ALTER TABLE run SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_scale_factor = 0.01);
ALTER TABLE step_run SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_scale_factor = 0.02,
                          autovacuum_vacuum_insert_scale_factor = 0.02);
ALTER TABLE attempt SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_scale_factor = 0.02,
                         autovacuum_vacuum_insert_scale_factor = 0.02);
ALTER TABLE run_event SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
