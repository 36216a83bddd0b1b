SELECT dag, hash
FROM dag_version
WHERE position(:text IN canonical_form) > 0
ORDER BY created_at DESC
LIMIT :most
