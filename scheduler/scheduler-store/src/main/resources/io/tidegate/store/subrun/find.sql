SELECT s.launch_key, s.run, s.takes, s.waits, s.tied_at, run.dag, run.state,
       EXISTS (SELECT FROM command c WHERE c.run = s.run AND c.done_at IS NULL) AS commanded,
       (SELECT jsonb_agg(failed.step ORDER BY failed.finished_at, failed.step)
        FROM step_run failed
        WHERE failed.run = s.run AND failed.state = 'FAILED' AND NOT failed.former) AS failed
FROM sub_run s
JOIN run ON run.id = s.run
WHERE s.launch_key = ANY (ARRAY(SELECT listed.key FROM json_array_elements_text(CAST(:keys AS json)) AS listed (key)))
