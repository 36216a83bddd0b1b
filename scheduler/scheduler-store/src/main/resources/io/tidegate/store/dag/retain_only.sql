UPDATE dag
SET removed = true
WHERE NOT removed AND name NOT IN (SELECT listed.name FROM json_array_elements_text(CAST(:present AS json)) AS listed (name))
