-- Ids of runs are time-ordered. For each DAG the oldest run that always stays, and the oldest that stays by count, are looked up by index. A run
-- before the first goes when it is before the second, or ended too long ago; what ended before an instant was made before it, so that the id of
-- that instant bounds the search. DAGs of which nothing may go are left out.
WITH stays AS MATERIALIZED (
    SELECT dag.name AS dag,
           (SELECT r.id FROM run r WHERE r.dag = dag.name ORDER BY r.id DESC OFFSET :always - 1 LIMIT 1) AS always,
           (SELECT r.id FROM run r WHERE r.dag = dag.name AND :runs > 0 ORDER BY r.id DESC OFFSET greatest(:runs, 1) - 1 LIMIT 1) AS counted
    FROM dag
), bounds AS MATERIALIZED (
    SELECT dag, counted, least(always, greatest(counted, CAST(:aged AS uuid))) AS bound
    FROM stays
    WHERE always IS NOT NULL AND (counted IS NOT NULL OR CAST(:aged AS uuid) IS NOT NULL)
)
SELECT dag, counted, bound
FROM bounds
WHERE EXISTS (
    SELECT FROM run r
    WHERE r.dag = bounds.dag AND r.id < bounds.bound AND (r.id < bounds.counted OR r.finished_at < CAST(:before AS timestamptz))
)
ORDER BY dag
