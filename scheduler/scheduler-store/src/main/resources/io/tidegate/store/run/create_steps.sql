WITH created AS (
    INSERT INTO step_run (run, step)
    SELECT :run, unnest(CAST(:steps AS text[]))
)
INSERT INTO run_event (run, at, type, detail)
VALUES (:run, :created_at, 'run_created', CAST(:detail AS jsonb))
