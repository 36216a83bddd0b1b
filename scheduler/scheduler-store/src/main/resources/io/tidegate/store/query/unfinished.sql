-- A backfill has a limit of its own, and neither holds up the schedule nor is ended by it.
SELECT listed.dag
FROM unnest(CAST(:dags AS text[])) AS listed (dag)
WHERE EXISTS (
    SELECT FROM run r WHERE r.dag = listed.dag AND r.state IN ('QUEUED', 'RUNNING', 'CANCELLING') AND r.trigger_kind <> 'BACKFILL'
)
