UPDATE step_run
SET state = r.state, reason = r.reason, attempts = r.attempts, spent = r.spent, started_at = r.started_at,
    finished_at = r.finished_at, next_attempt_at = r.next_attempt_at, failure = r.failure, reading = r.reading, verdict = r.verdict,
    mark = r.mark, item = coalesce(r.item, step_run.item)
FROM json_to_recordset(CAST(:rows AS json)) AS r
    (run uuid, step text, state text, reason text, attempts integer, spent jsonb, started_at timestamptz, finished_at timestamptz,
     next_attempt_at timestamptz, failure text, reading jsonb, verdict jsonb, mark jsonb, item jsonb)
WHERE step_run.run = r.run AND step_run.step = r.step
