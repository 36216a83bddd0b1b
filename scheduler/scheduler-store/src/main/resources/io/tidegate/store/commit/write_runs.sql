UPDATE run
SET version = r.version, parameters = r.parameters, state = r.state, reason = r.reason,
    started_at = r.started_at, finished_at = r.finished_at
FROM json_to_recordset(CAST(:rows AS json)) AS r
    (id uuid, version text, parameters jsonb, state text, reason text, started_at timestamptz, finished_at timestamptz)
WHERE run.id = r.id
