-- Ids of runs are time-ordered. For each DAG the oldest run that always stays, and the oldest that stays by count, are looked up by index. A run
-- before the first goes when it is before the second, or ended too long ago; what ended before an instant was made before it, so that the id of
-- that instant bounds the search. DAGs of which nothing may go are left out.
SELECT dag.name AS dag, stays.counted, least(stays.always, greatest(stays.counted, CAST(:aged AS uuid))) AS bound
FROM dag
CROSS JOIN LATERAL (
    SELECT (SELECT r.id FROM run r WHERE r.dag = dag.name ORDER BY r.id DESC OFFSET :always - 1 LIMIT 1) AS always,
           (SELECT r.id FROM run r WHERE r.dag = dag.name AND :runs > 0 ORDER BY r.id DESC OFFSET greatest(:runs, 1) - 1 LIMIT 1) AS counted
) stays
WHERE stays.always IS NOT NULL AND greatest(stays.counted, CAST(:aged AS uuid)) IS NOT NULL
      AND EXISTS (
          SELECT FROM run r
          WHERE r.dag = dag.name AND r.id < least(stays.always, greatest(stays.counted, CAST(:aged AS uuid)))
                AND (r.id < stays.counted OR r.finished_at < CAST(:before AS timestamptz))
      )
ORDER BY dag.name
