-- An attempt that made a version of the model used the other one for comparison only: nothing of it is in what was made.
SELECT u.run, u.step, u.attempt, u.model, u.version, v.run AS writer_run, v.step AS writer_step, v.attempt AS writer_attempt
FROM json_to_recordset(CAST(:rows AS json)) AS r (run uuid, step text, attempt integer)
JOIN model_use u ON u.run = r.run AND u.step = r.step AND u.attempt = r.attempt
JOIN model_version v ON v.model = u.model AND v.version = u.version
WHERE NOT EXISTS (
    SELECT FROM model_version own
    WHERE own.run = u.run AND own.step = u.step AND own.attempt = u.attempt AND own.model = u.model
)
ORDER BY u.model, u.version
LIMIT :limit
