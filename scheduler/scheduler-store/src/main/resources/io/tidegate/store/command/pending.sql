-- Commands of a kind that only a newer server knows are left for one.
SELECT command.id, command.run, command.type, command.steps, command.version, command.actor, command.reason
FROM command
JOIN run ON run.id = command.run
WHERE run.owner = :owner AND command.done_at IS NULL
  AND command.type IN (SELECT listed.type FROM json_array_elements_text(CAST(:known AS json)) AS listed (type))
ORDER BY command.id
