INSERT INTO dag (name, current_version, original_path)
VALUES (:dag, :hash, :original_path)
ON CONFLICT (name) DO UPDATE
SET current_version = excluded.current_version, original_path = excluded.original_path, removed = false
WHERE (dag.current_version, dag.original_path, dag.removed) IS DISTINCT FROM (excluded.current_version, excluded.original_path, false)
