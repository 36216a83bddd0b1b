SELECT listed.dag, waiting.runs
FROM unnest(CAST(:dags AS text[])) AS listed (dag)
CROSS JOIN LATERAL (
    SELECT count(*) AS runs
    FROM (SELECT FROM run r WHERE r.dag = listed.dag AND r.state = 'QUEUED' AND r.trigger_kind = 'SCHEDULE' LIMIT :most) counted
) waiting
