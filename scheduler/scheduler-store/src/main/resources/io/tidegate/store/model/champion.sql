SELECT v.*, model.target, champion.since
FROM champion
JOIN model ON model.name = champion.model
JOIN model_version v ON v.model = champion.model AND v.version = champion.version
WHERE champion.model = :model
