-- A run that waits for admission has no owner who could carry out a cancellation, and nothing to stop: it ends here.
WITH asked AS (
    SELECT r.id, command.actor, command.reason
    FROM run r
    CROSS JOIN LATERAL (
        SELECT c.actor, c.reason
        FROM command c
        WHERE c.run = r.id AND c.done_at IS NULL AND c.type = 'CANCEL'
        ORDER BY c.id
        LIMIT 1
    ) command
    WHERE r.state = 'QUEUED' AND r.owner IS NULL
      AND r.id = ANY (ARRAY(SELECT c.run FROM command c WHERE c.done_at IS NULL AND c.type = 'CANCEL'))
    FOR NO KEY UPDATE OF r SKIP LOCKED
), cancelled AS (
    UPDATE run
    SET state = 'CANCELLED', finished_at = now(), fence = fence + 1,
        reason = 'cancelled by ' || asked.actor || CASE WHEN asked.reason = '' THEN '' ELSE ': ' || asked.reason END
    FROM asked
    WHERE run.id = asked.id
    RETURNING run.id, run.reason
), steps AS (
    UPDATE step_run
    SET state = 'CANCELLED', finished_at = now(), next_attempt_at = NULL, reason = cancelled.reason
    FROM cancelled
    WHERE step_run.run = cancelled.id AND step_run.state IN ('WAITING', 'RESOLVING', 'RETRYING')
), done AS (
    UPDATE command
    SET done_at = now()
    FROM cancelled
    WHERE command.run = cancelled.id AND command.done_at IS NULL AND command.type = 'CANCEL'
)
INSERT INTO run_event (run, at, type, detail)
SELECT id, now(), 'run_cancelled', jsonb_build_object('reason', reason)
FROM cancelled
