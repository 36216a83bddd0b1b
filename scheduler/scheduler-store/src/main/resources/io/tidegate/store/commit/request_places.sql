INSERT INTO place_request (run, step, number, demand)
SELECT r.run, r.step, r.number, r.demand
FROM json_to_recordset(CAST(:rows AS json)) AS r (run uuid, step text, number integer, demand jsonb)
ON CONFLICT (run, step, number) DO NOTHING
