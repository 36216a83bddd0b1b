INSERT INTO pool (name, places, changed_at, changed_by)
VALUES (:name, :places, :at, :actor)
ON CONFLICT (name) DO UPDATE SET places = excluded.places, changed_at = excluded.changed_at, changed_by = excluded.changed_by
RETURNING *
