SELECT v.run, v.step, v.attempt, v.model, v.version, v.run AS writer_run, v.step AS writer_step, v.attempt AS writer_attempt
FROM json_to_recordset(CAST(:rows AS json)) AS r (run uuid, step text, attempt integer)
JOIN model_version v ON v.run = r.run AND v.step = r.step AND v.attempt = r.attempt
ORDER BY v.model, v.version
LIMIT :limit
