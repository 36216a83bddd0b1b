-- What comes back is new; what does not was taken in before.
INSERT INTO attempt_report (run, step, attempt, taken_at, code_digest, parameters, outputs, problems)
SELECT r.run, r.step, r.attempt, r.taken_at, r.code_digest, r.parameters, r.outputs, r.problems
FROM json_to_recordset(CAST(:rows AS json)) AS r
    (run uuid, step text, attempt integer, taken_at timestamptz, code_digest text, parameters jsonb, outputs jsonb, problems jsonb)
ON CONFLICT (run, step, attempt) DO NOTHING
RETURNING run, step, attempt
