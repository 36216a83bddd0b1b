INSERT INTO run_event (run, at, step, attempt, type, detail)
SELECT r.run, r.at, r.step, r.attempt, r.type, r.detail
FROM ROWS FROM (json_to_recordset(CAST(:rows AS json)) AS
    (run uuid, at timestamptz, step text, attempt integer, type text, detail jsonb)) WITH ORDINALITY
    AS r (run, at, step, attempt, type, detail, place)
ORDER BY r.place
