INSERT INTO node (id, name, lease_until)
VALUES (:node, :name, now() + make_interval(secs => :seconds))
ON CONFLICT (id) DO UPDATE SET name = excluded.name, registered_at = now(), lease_until = excluded.lease_until
