SELECT *
FROM model_version
WHERE model = :model
ORDER BY version DESC
LIMIT :limit
