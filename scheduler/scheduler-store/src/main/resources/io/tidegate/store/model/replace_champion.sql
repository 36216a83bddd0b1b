-- One statement, so that there is never a moment without a champion or with two.
WITH retired AS (
    UPDATE model_version
    SET state = 'RETIRED', reason = 'version ' || :version || ' became champion'
    WHERE model = :model AND version = :from_version
), crowned AS (
    UPDATE model_version
    SET state = 'CHAMPION', reason = :reason
    WHERE model = :model AND version = :version
), pointed AS (
    INSERT INTO champion (model, version, since)
    VALUES (:model, :version, :at)
    ON CONFLICT (model) DO UPDATE SET version = excluded.version, since = excluded.since
)
INSERT INTO champion_change (model, from_version, to_version, at, actor, reason)
VALUES (:model, :from_version, :version, :at, :actor, :reason)
