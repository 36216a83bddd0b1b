-- What nearly every commit writes, in one round trip. A result that was accepted stands for ever: an attempt in a terminal state is left as it
-- is. Reports that come back are new; those that do not were taken in before.
WITH steps AS (
    UPDATE step_run
    SET state = r.state, reason = r.reason, attempts = r.attempts, spent = r.spent, started_at = r.started_at,
        finished_at = r.finished_at, next_attempt_at = r.next_attempt_at, failure = r.failure, reading = r.reading, verdict = r.verdict,
        mark = r.mark, item = coalesce(r.item, step_run.item), held = r.state = 'RESOLVING' AND r.reason <> ''
    FROM unnest(CAST(:steps_run AS uuid[]), CAST(:steps_step AS text[]), CAST(:steps_state AS text[]), CAST(:steps_reason AS text[]),
                CAST(:steps_attempts AS integer[]), CAST(:steps_spent AS jsonb[]), CAST(:steps_started_at AS timestamptz[]),
                CAST(:steps_finished_at AS timestamptz[]), CAST(:steps_next_attempt_at AS timestamptz[]), CAST(:steps_failure AS text[]),
                CAST(:steps_reading AS jsonb[]), CAST(:steps_verdict AS jsonb[]), CAST(:steps_mark AS jsonb[]), CAST(:steps_item AS jsonb[]))
        AS r (run, step, state, reason, attempts, spent, started_at, finished_at, next_attempt_at, failure, reading, verdict, mark, item)
    WHERE step_run.run = r.run AND step_run.step = r.step
    RETURNING 1
), attempts AS (
    INSERT INTO attempt (run, step, number, launch_key, executor, external_id, job_details, state, created_at, started_at, finished_at,
                         exit_code, failure, message)
    SELECT *
    FROM unnest(CAST(:attempts_run AS uuid[]), CAST(:attempts_step AS text[]), CAST(:attempts_number AS integer[]),
                CAST(:attempts_launch_key AS text[]), CAST(:attempts_executor AS text[]), CAST(:attempts_external_id AS text[]),
                CAST(:attempts_job_details AS jsonb[]), CAST(:attempts_state AS text[]), CAST(:attempts_created_at AS timestamptz[]),
                CAST(:attempts_started_at AS timestamptz[]), CAST(:attempts_finished_at AS timestamptz[]),
                CAST(:attempts_exit_code AS integer[]), CAST(:attempts_failure AS text[]), CAST(:attempts_message AS text[]))
    ON CONFLICT (run, step, number) DO UPDATE
    SET external_id = excluded.external_id, job_details = excluded.job_details, state = excluded.state,
        started_at = excluded.started_at, finished_at = excluded.finished_at, exit_code = excluded.exit_code,
        failure = excluded.failure, message = excluded.message
    WHERE attempt.state NOT IN ('SUCCEEDED', 'FAILED', 'CANCELLED')
), events AS (
    INSERT INTO run_event (run, at, step, attempt, type, detail)
    SELECT r.run, r.at, r.step, r.attempt, r.type, r.detail
    FROM unnest(CAST(:events_run AS uuid[]), CAST(:events_at AS timestamptz[]), CAST(:events_step AS text[]),
                CAST(:events_attempt AS integer[]), CAST(:events_type AS text[]), CAST(:events_detail AS jsonb[]))
        WITH ORDINALITY AS r (run, at, step, attempt, type, detail, place)
    ORDER BY r.place
), reports AS (
    INSERT INTO attempt_report (run, step, attempt, taken_at, code_digest, parameters, outputs, problems)
    SELECT *
    FROM unnest(CAST(:reports_run AS uuid[]), CAST(:reports_step AS text[]), CAST(:reports_attempt AS integer[]),
                CAST(:reports_taken_at AS timestamptz[]), CAST(:reports_code_digest AS text[]), CAST(:reports_parameters AS jsonb[]),
                CAST(:reports_outputs AS jsonb[]), CAST(:reports_problems AS jsonb[]))
    ON CONFLICT (run, step, attempt) DO NOTHING
    RETURNING run, step, attempt
)
SELECT (SELECT count(*) FROM steps) AS steps, (SELECT json_agg(reports) FROM reports) AS reports
