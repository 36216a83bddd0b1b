-- Only a configuration that says something new changes a size.
INSERT INTO pool (name, places, configured, changed_at, changed_by)
VALUES (:name, :places, :places, :at, :actor)
ON CONFLICT (name) DO UPDATE
SET places = excluded.places, configured = excluded.configured, changed_at = excluded.changed_at, changed_by = excluded.changed_by
WHERE pool.configured IS DISTINCT FROM excluded.configured
