UPDATE dag
SET removed = true
WHERE NOT removed AND name NOT IN (SELECT name FROM json_array_elements_text(CAST(:present AS json)) AS name)
