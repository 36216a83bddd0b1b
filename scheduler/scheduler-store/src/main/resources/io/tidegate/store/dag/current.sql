SELECT dag_version.*
FROM dag
JOIN dag_version ON dag_version.dag = dag.name AND dag_version.hash = dag.current_version
WHERE dag.name = :dag AND NOT dag.removed
