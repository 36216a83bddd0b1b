-- A run that is over is given back with its steps counted, for the lists that people look at; they are written already.
UPDATE run
SET version = r.version, parameters = r.parameters, state = r.state, reason = r.reason,
    started_at = r.started_at, finished_at = r.finished_at,
    owner = CASE WHEN r.released THEN NULL ELSE run.owner END,
    fence = CASE WHEN r.released THEN run.fence + 1 ELSE run.fence END,
    counted_at_fence = CASE WHEN r.released AND r.over THEN run.fence + 1 ELSE run.counted_at_fence END,
    step_counts = CASE
        WHEN r.released AND r.over THEN (
            SELECT coalesce(jsonb_object_agg(counted.state, counted.number), '{}')
            FROM (SELECT s.state, count(*) AS number FROM step_run s WHERE s.run = run.id AND NOT s.former GROUP BY s.state) counted
        )
        ELSE run.step_counts
    END
FROM json_to_recordset(CAST(:rows AS json)) AS r
    (id uuid, version text, parameters jsonb, state text, reason text, started_at timestamptz, finished_at timestamptz, over boolean,
     released boolean)
WHERE run.id = r.id
