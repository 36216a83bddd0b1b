SELECT EXISTS (SELECT FROM run earlier WHERE earlier.dag = :dag AND earlier.interval_start <= :interval_start) AS has_earlier_run,
       newest.id IS NOT NULL AS has_run,
       (SELECT s.state FROM step_run s WHERE s.run = newest.id AND s.step = :step AND NOT s.former) AS state
FROM (SELECT 1) one
LEFT JOIN LATERAL (
    SELECT run.id FROM run WHERE run.dag = :dag AND run.interval_start = :interval_start ORDER BY run.id DESC LIMIT 1
) newest ON true
