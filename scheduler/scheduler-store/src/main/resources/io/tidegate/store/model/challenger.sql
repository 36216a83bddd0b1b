SELECT *
FROM model_version
WHERE run = :run AND model = :model AND state IN ('CANDIDATE', 'CHALLENGER')
ORDER BY version DESC
LIMIT 1
