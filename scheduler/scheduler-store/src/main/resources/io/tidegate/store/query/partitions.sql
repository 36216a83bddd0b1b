SELECT *
FROM partition_current
WHERE dag = :dag AND dataset = :dataset
ORDER BY partition DESC
LIMIT :limit
