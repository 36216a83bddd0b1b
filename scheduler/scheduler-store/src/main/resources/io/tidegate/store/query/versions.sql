SELECT v.hash, v.number, v.created_at, v.hash = dag.current_version AND NOT dag.removed AS current
FROM (
  SELECT dag, hash, created_at, row_number() OVER (ORDER BY created_at, hash) AS number
  FROM dag_version
  WHERE dag = :dag
) v
JOIN dag ON dag.name = v.dag
ORDER BY v.number DESC
LIMIT :limit
