INSERT INTO command (run, type, step, actor, reason)
SELECT id, :type, :step, :actor, :reason
FROM run
WHERE id = :run
RETURNING id
