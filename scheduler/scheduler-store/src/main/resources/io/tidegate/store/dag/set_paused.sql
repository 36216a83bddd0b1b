-- The line of history is written only when something changed: whoever paused first is the one who paused.
WITH changed AS (
    UPDATE dag
    SET paused = :paused
    WHERE name = :dag AND NOT removed AND paused <> :paused
    RETURNING name
)
INSERT INTO dag_event (dag, at, type, actor, reason)
SELECT name, :at, :type, :actor, :reason
FROM changed
