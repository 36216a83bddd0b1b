INSERT INTO command (run, type, steps, version, actor, reason)
SELECT id, :type, CAST(:steps AS jsonb), :version, :actor, :reason
FROM run
WHERE id = :run
RETURNING id
