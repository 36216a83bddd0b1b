-- The newest run that each step of a run has started.
SELECT newest.step, run.id, run.dag, run.state,
       (SELECT jsonb_object_agg(counted.state, counted.number)
        FROM (SELECT s.state, count(*) AS number FROM step_run s WHERE s.run = run.id AND NOT s.former GROUP BY s.state) counted) AS steps,
       (SELECT jsonb_agg(failed.step ORDER BY failed.finished_at, failed.step)
        FROM step_run failed
        WHERE failed.run = run.id AND failed.state = 'FAILED' AND NOT failed.former) AS failed
FROM (
    SELECT DISTINCT ON (s.step) s.step, s.run
    FROM sub_run s
    WHERE s.parent = :run
    ORDER BY s.step, s.attempt DESC
) newest
JOIN run ON run.id = newest.run
