-- The oldest runs of a DAG, as many as have so many steps together, and at least one. References are checked when the whole statement has been
-- carried out.
WITH candidate AS MATERIALIZED (
    SELECT r.id
    FROM run r
    WHERE r.dag = :dag AND r.id < :bound AND r.owner IS NULL AND r.state IN ('SUCCEEDED', 'FAILED', 'CANCELLED')
          AND (r.id < CAST(:counted AS uuid) OR r.finished_at < CAST(:before AS timestamptz))
          AND NOT EXISTS (SELECT FROM command c WHERE c.run = r.id AND c.done_at IS NULL)
          AND NOT EXISTS (SELECT FROM sub_run s WHERE s.run = r.id)
          AND NOT EXISTS (SELECT FROM backfill b WHERE b.id = r.backfill AND b.finished_at IS NULL)
    ORDER BY r.id
    LIMIT :runs
), sized AS (
    SELECT candidate.id, sum(size.steps) OVER (ORDER BY candidate.id) - size.steps AS steps_before
    FROM candidate
    CROSS JOIN LATERAL (SELECT count(*) AS steps FROM step_run s WHERE s.run = candidate.id) size
), pruned AS (
    SELECT r.id
    FROM run r
    WHERE r.id = ANY (ARRAY(SELECT sized.id FROM sized WHERE sized.steps_before < :steps)) AND r.owner IS NULL
    ORDER BY r.id
    FOR UPDATE SKIP LOCKED
), events AS (
    DELETE FROM run_event WHERE run_event.run = ANY (ARRAY(SELECT id FROM pruned))
), reports AS (
    DELETE FROM attempt_report WHERE attempt_report.run = ANY (ARRAY(SELECT id FROM pruned))
), requests AS (
    DELETE FROM place_request WHERE place_request.run = ANY (ARRAY(SELECT id FROM pruned))
), called AS (
    DELETE FROM sub_run WHERE sub_run.parent = ANY (ARRAY(SELECT id FROM pruned))
), attempts AS (
    DELETE FROM attempt WHERE attempt.run = ANY (ARRAY(SELECT id FROM pruned))
), steps AS (
    DELETE FROM step_run WHERE step_run.run = ANY (ARRAY(SELECT id FROM pruned))
), commands AS (
    DELETE FROM command WHERE command.run = ANY (ARRAY(SELECT id FROM pruned))
), intervals AS (
    UPDATE backfill_interval SET run = NULL, left_out = 'its run is not kept any more'
    WHERE backfill_interval.run = ANY (ARRAY(SELECT id FROM pruned))
), runs AS (
    DELETE FROM run WHERE run.id = ANY (ARRAY(SELECT id FROM pruned)) RETURNING 1
)
SELECT count(*) FROM runs
