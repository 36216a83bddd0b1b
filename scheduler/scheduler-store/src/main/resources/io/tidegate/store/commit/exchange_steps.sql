-- A step that an earlier version had comes back with its attempts.
INSERT INTO step_run (run, step, former)
SELECT r.run, r.step, r.former
FROM json_to_recordset(CAST(:rows AS json)) AS r (run uuid, step text, former boolean)
ON CONFLICT (run, step) DO UPDATE
SET former = excluded.former
