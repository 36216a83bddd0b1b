-- Marks move forwards, never backwards. The rows are locked in the order of their names, as by every server.
WITH wanted AS MATERIALIZED (
    SELECT r.dag, r.up_to FROM json_to_recordset(CAST(:rows AS json)) AS r (dag text, up_to timestamptz)
), locked AS MATERIALIZED (
    SELECT dag.name
    FROM dag
    WHERE dag.name = ANY (ARRAY(SELECT wanted.dag FROM wanted))
    ORDER BY dag.name
    FOR NO KEY UPDATE
)
UPDATE dag
SET scheduled_up_to = greatest(dag.scheduled_up_to, wanted.up_to)
FROM wanted
JOIN locked ON locked.name = wanted.dag
WHERE dag.name = wanted.dag
