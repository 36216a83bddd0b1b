-- What nearly every commit writes, in one round trip. A result that was accepted stands for ever: an attempt in a terminal state is left as it
-- is. Reports that come back are new; those that do not were taken in before.
WITH steps AS (
    UPDATE step_run
    SET state = r.state, reason = r.reason, attempts = r.attempts, spent = r.spent, started_at = r.started_at,
        finished_at = r.finished_at, next_attempt_at = r.next_attempt_at, failure = r.failure, reading = r.reading, verdict = r.verdict,
        mark = r.mark, item = coalesce(r.item, step_run.item), held = r.state = 'RESOLVING' AND r.reason <> ''
    FROM json_to_recordset(CAST(:steps AS json)) AS r
        (run uuid, step text, state text, reason text, attempts integer, spent jsonb, started_at timestamptz, finished_at timestamptz,
         next_attempt_at timestamptz, failure text, reading jsonb, verdict jsonb, mark jsonb, item jsonb)
    WHERE step_run.run = r.run AND step_run.step = r.step
    RETURNING 1
), attempts AS (
    INSERT INTO attempt (run, step, number, launch_key, executor, external_id, job_details, state, created_at, started_at, finished_at,
                         exit_code, failure, message)
    SELECT r.run, r.step, r.number, r.launch_key, r.executor, r.external_id, r.job_details, r.state, r.created_at, r.started_at,
           r.finished_at, r.exit_code, r.failure, r.message
    FROM json_to_recordset(CAST(:attempts AS json)) AS r
        (run uuid, step text, number integer, launch_key text, executor text, external_id text, job_details jsonb, state text,
         created_at timestamptz, started_at timestamptz, finished_at timestamptz, exit_code integer, failure text, message text)
    ON CONFLICT (run, step, number) DO UPDATE
    SET external_id = excluded.external_id, job_details = excluded.job_details, state = excluded.state,
        started_at = excluded.started_at, finished_at = excluded.finished_at, exit_code = excluded.exit_code,
        failure = excluded.failure, message = excluded.message
    WHERE attempt.state NOT IN ('SUCCEEDED', 'FAILED', 'CANCELLED')
), events AS (
    INSERT INTO run_event (run, at, step, attempt, type, detail)
    SELECT r.run, r.at, r.step, r.attempt, r.type, r.detail
    FROM ROWS FROM (json_to_recordset(CAST(:events AS json)) AS
        (run uuid, at timestamptz, step text, attempt integer, type text, detail jsonb)) WITH ORDINALITY
        AS r (run, at, step, attempt, type, detail, place)
    ORDER BY r.place
), reports AS (
    INSERT INTO attempt_report (run, step, attempt, taken_at, code_digest, parameters, outputs, problems)
    SELECT r.run, r.step, r.attempt, r.taken_at, r.code_digest, r.parameters, r.outputs, r.problems
    FROM json_to_recordset(CAST(:reports AS json)) AS r
        (run uuid, step text, attempt integer, taken_at timestamptz, code_digest text, parameters jsonb, outputs jsonb, problems jsonb)
    ON CONFLICT (run, step, attempt) DO NOTHING
    RETURNING run, step, attempt
)
SELECT (SELECT count(*) FROM steps) AS steps, (SELECT json_agg(reports) FROM reports) AS reports
