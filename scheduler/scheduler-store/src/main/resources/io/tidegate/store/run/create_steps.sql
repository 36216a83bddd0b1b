WITH created AS (
    INSERT INTO step_run (run, step)
    SELECT :run, listed.name FROM json_array_elements_text(CAST(:steps AS json)) AS listed (name)
)
INSERT INTO run_event (run, at, type, detail)
VALUES (:run, :created_at, 'run_created', CAST(:detail AS jsonb))
