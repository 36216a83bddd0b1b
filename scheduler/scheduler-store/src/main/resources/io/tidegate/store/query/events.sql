SELECT id, at, step, attempt, type, detail
FROM run_event
WHERE run = :run AND id > :after
ORDER BY id
LIMIT :limit
