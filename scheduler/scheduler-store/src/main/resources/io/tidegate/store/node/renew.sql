-- A lease that has run out is not revived: others may have taken the node's runs.
UPDATE node
SET lease_until = now() + make_interval(secs => :seconds), renewed_at = now(), draining = :draining, loops = CAST(:loops AS jsonb)
WHERE id = :node AND lease_until > now()
