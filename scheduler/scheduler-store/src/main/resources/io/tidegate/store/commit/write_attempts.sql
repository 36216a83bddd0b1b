-- A result that was accepted stands for ever: a row in a terminal state is left as it is.
INSERT INTO attempt (run, step, number, launch_key, executor, external_id, job_details, state, created_at, started_at, finished_at,
                     exit_code, failure, message)
SELECT r.run, r.step, r.number, r.launch_key, r.executor, r.external_id, r.job_details, r.state, r.created_at, r.started_at,
       r.finished_at, r.exit_code, r.failure, r.message
FROM json_to_recordset(CAST(:rows AS json)) AS r
    (run uuid, step text, number integer, launch_key text, executor text, external_id text, job_details jsonb, state text,
     created_at timestamptz, started_at timestamptz, finished_at timestamptz, exit_code integer, failure text, message text)
ON CONFLICT (run, step, number) DO UPDATE
SET external_id = excluded.external_id, job_details = excluded.job_details, state = excluded.state,
    started_at = excluded.started_at, finished_at = excluded.finished_at, exit_code = excluded.exit_code,
    failure = excluded.failure, message = excluded.message
WHERE attempt.state NOT IN ('SUCCEEDED', 'FAILED', 'CANCELLED')
