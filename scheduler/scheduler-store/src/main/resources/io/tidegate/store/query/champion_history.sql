SELECT from_version, to_version, at, actor, reason
FROM champion_change
WHERE model = :model
ORDER BY id DESC
LIMIT :limit
