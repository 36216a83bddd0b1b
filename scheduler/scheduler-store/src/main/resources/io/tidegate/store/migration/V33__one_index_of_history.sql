-- Lines of history are only ever asked for by run: one index for each line instead of two.
CREATE UNIQUE INDEX run_event_of_run ON run_event (run, id);
ALTER TABLE run_event DROP CONSTRAINT run_event_pkey;
ALTER TABLE run_event ADD CONSTRAINT run_event_pkey PRIMARY KEY USING INDEX run_event_of_run;
DROP INDEX run_event_by_run;
