-- See models_used: who made a version of the model itself used this one for comparison only.
SELECT u.run, u.step, u.attempt, u.model, u.version, v.run AS writer_run, v.step AS writer_step, v.attempt AS writer_attempt
FROM json_to_recordset(CAST(:rows AS json)) AS r (model text, version integer)
JOIN model_version v ON v.model = r.model AND v.version = r.version
JOIN model_use u ON u.model = v.model AND u.version = v.version
WHERE NOT EXISTS (
    SELECT FROM model_version own
    WHERE own.run = u.run AND own.step = u.step AND own.attempt = u.attempt AND own.model = u.model
)
ORDER BY u.run, u.step, u.attempt
LIMIT :limit
