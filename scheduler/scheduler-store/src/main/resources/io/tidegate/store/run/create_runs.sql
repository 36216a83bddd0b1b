-- Many runs with their steps and their first lines of history. The unique trigger key makes firing twice harmless. In the order of the rows: servers
-- that make runs of the same DAGs at once wait for each other, but never in a circle.
WITH wanted AS MATERIALIZED (
    SELECT r.*
    FROM ROWS FROM (json_to_recordset(CAST(:rows AS json)) AS (
        id uuid, dag text, version text, trigger_kind text, trigger_key text, actor text, interval_start timestamptz, interval_end timestamptz,
        interval_zone text, partition text, parameters jsonb, reason text, created_at timestamptz, overlap_policy text, overlap_limit integer,
        steps json, detail jsonb)) WITH ORDINALITY AS r (
        id, dag, version, trigger_kind, trigger_key, actor, interval_start, interval_end, interval_zone, partition, parameters, reason, created_at,
        overlap_policy, overlap_limit, steps, detail, place)
), created AS (
    INSERT INTO run (id, dag, version, trigger_kind, trigger_key, actor, interval_start, interval_end, interval_zone, partition,
                     parameters, state, reason, created_at, overlap_policy, overlap_limit)
    SELECT id, dag, version, trigger_kind, trigger_key, actor, interval_start, interval_end, interval_zone, partition,
           parameters, 'QUEUED', reason, created_at, overlap_policy, overlap_limit
    FROM wanted
    ORDER BY place
    ON CONFLICT (dag, trigger_key) DO NOTHING
    RETURNING id
), steps AS (
    INSERT INTO step_run (run, step)
    SELECT created.id, listed.name
    FROM created
    JOIN wanted ON wanted.id = created.id
    CROSS JOIN LATERAL json_array_elements_text(wanted.steps) AS listed (name)
)
INSERT INTO run_event (run, at, type, detail)
SELECT created.id, wanted.created_at, 'run_created', wanted.detail
FROM created
JOIN wanted ON wanted.id = created.id
