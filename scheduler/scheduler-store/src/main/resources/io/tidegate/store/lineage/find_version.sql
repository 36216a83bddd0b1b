SELECT model, version, run, step, attempt
FROM model_version
WHERE model = :model AND version = coalesce(CAST(:version AS integer), (SELECT versions FROM model WHERE name = :model))
