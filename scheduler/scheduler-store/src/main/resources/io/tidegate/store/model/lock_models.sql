-- Always in the same order, so that two writers never wait for each other. Who is champion must be asked by a later statement: this one
-- may have waited, and sees the other tables as they were before.
SELECT name
FROM model
WHERE name IN (SELECT listed.name FROM json_array_elements_text(CAST(:models AS json)) AS listed (name))
ORDER BY name
FOR UPDATE
