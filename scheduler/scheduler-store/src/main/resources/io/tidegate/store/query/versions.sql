SELECT v.hash, v.created_at, v.hash = dag.current_version AND NOT dag.removed AS current
FROM dag_version v
JOIN dag ON dag.name = v.dag
WHERE v.dag = :dag
ORDER BY v.created_at DESC, v.hash
LIMIT :limit
