UPDATE command
SET done_at = now()
FROM json_to_recordset(CAST(:rows AS json)) AS r (id bigint, run uuid)
WHERE command.id = r.id AND command.run = r.run AND command.done_at IS NULL
