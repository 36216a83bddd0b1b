-- A lease that has run out is not revived: others may have taken the node's runs.
UPDATE node
SET lease_until = now() + make_interval(secs => :seconds)
WHERE id = :node AND lease_until > now()
