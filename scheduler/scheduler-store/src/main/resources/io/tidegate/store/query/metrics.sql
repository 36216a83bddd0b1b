SELECT *
FROM metric
/* conditions */
ORDER BY id DESC
LIMIT :limit
