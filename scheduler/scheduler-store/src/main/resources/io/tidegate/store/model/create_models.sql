INSERT INTO model (name)
SELECT listed.name
FROM json_array_elements_text(CAST(:models AS json)) AS listed (name)
ORDER BY listed.name
ON CONFLICT DO NOTHING
