-- Ids of runs are time-ordered. For each DAG the oldest run that always stays, and the oldest that stays by count, are looked up by index; a run
-- before the first goes when it is too old, a run before the second in any case. References are checked when the whole statement has been carried out.
WITH candidate AS (
    SELECT old.id
    FROM dag
    CROSS JOIN LATERAL (
        SELECT (SELECT r.id FROM run r WHERE r.dag = dag.name ORDER BY r.id DESC OFFSET :always - 1 LIMIT 1) AS always,
               (SELECT r.id FROM run r WHERE r.dag = dag.name ORDER BY r.id DESC OFFSET :runs - 1 LIMIT 1) AS counted
    ) stays
    CROSS JOIN LATERAL (
        SELECT r.id
        FROM run r
        WHERE r.dag = dag.name AND r.id < stays.always AND r.owner IS NULL AND r.state IN ('SUCCEEDED', 'FAILED', 'CANCELLED')
              AND (r.id < stays.counted OR r.finished_at < CAST(:before AS timestamptz))
              AND NOT EXISTS (SELECT FROM command c WHERE c.run = r.id AND c.done_at IS NULL)
              AND NOT EXISTS (SELECT FROM sub_run s WHERE s.run = r.id)
              AND NOT EXISTS (SELECT FROM backfill b WHERE b.id = r.backfill AND b.finished_at IS NULL)
        ORDER BY r.id
        LIMIT :most
    ) old
    LIMIT :most
), pruned AS (
    SELECT r.id FROM run r WHERE r.id = ANY (ARRAY(SELECT id FROM candidate)) AND r.owner IS NULL
    ORDER BY r.id
    FOR UPDATE SKIP LOCKED
), events AS (
    DELETE FROM run_event USING pruned WHERE run_event.run = pruned.id
), reports AS (
    DELETE FROM attempt_report USING pruned WHERE attempt_report.run = pruned.id
), requests AS (
    DELETE FROM place_request USING pruned WHERE place_request.run = pruned.id
), called AS (
    DELETE FROM sub_run USING pruned WHERE sub_run.parent = pruned.id
), attempts AS (
    DELETE FROM attempt USING pruned WHERE attempt.run = pruned.id
), steps AS (
    DELETE FROM step_run USING pruned WHERE step_run.run = pruned.id
), commands AS (
    DELETE FROM command USING pruned WHERE command.run = pruned.id
), intervals AS (
    UPDATE backfill_interval SET run = NULL, left_out = 'its run is not kept any more'
    FROM pruned WHERE backfill_interval.run = pruned.id
), runs AS (
    DELETE FROM run USING pruned WHERE run.id = pruned.id RETURNING 1
)
SELECT count(*) FROM runs
