INSERT INTO node (id, name, version, machine, boot, renewed_at, lease_until)
VALUES (:node, :name, :version, :machine, :boot, now(), now() + make_interval(secs => :seconds))
ON CONFLICT (id) DO UPDATE
SET name = excluded.name, version = excluded.version, machine = excluded.machine, boot = excluded.boot, registered_at = now(), renewed_at = now(), lease_until = excluded.lease_until
