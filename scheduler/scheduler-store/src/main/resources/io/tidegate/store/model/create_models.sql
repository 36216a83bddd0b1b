INSERT INTO model (name)
SELECT name
FROM json_array_elements_text(CAST(:models AS json)) AS name
ORDER BY name
ON CONFLICT DO NOTHING
