INSERT INTO step_run (run, step)
SELECT r.run, r.step
FROM json_to_recordset(CAST(:rows AS json)) AS r (run uuid, step text)
ON CONFLICT DO NOTHING
