INSERT INTO model_use (run, step, attempt, model, version, role, at)
SELECT r.run, r.step, r.attempt, r.model, r.version, r.role, r.at
FROM json_to_recordset(CAST(:rows AS json)) AS r
    (run uuid, step text, attempt integer, model text, version integer, role text, at timestamptz)
JOIN model_version ON model_version.model = r.model AND model_version.version = r.version
ON CONFLICT DO NOTHING
