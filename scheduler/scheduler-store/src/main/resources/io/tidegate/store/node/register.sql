INSERT INTO node (id, name, version, renewed_at, lease_until)
VALUES (:node, :name, :version, now(), now() + make_interval(secs => :seconds))
ON CONFLICT (id) DO UPDATE
SET name = excluded.name, version = excluded.version, registered_at = now(), renewed_at = now(), lease_until = excluded.lease_until
