-- The row of the model is locked by the caller: numbers have no gaps and no duplicates.
WITH numbered AS (
    UPDATE model SET versions = versions + 1 WHERE name = :model RETURNING versions
)
INSERT INTO model_version (model, version, state, bundle, fingerprint, dag, run, step, attempt, partition, interval_start,
                           parameters, metrics, created_at)
SELECT :model, numbered.versions, 'CANDIDATE', :bundle, :fingerprint, :dag, :run, :step, :attempt, :partition, :interval_start,
       CAST(:parameters AS jsonb), CAST(:metrics AS jsonb), :at
FROM numbered
RETURNING version
