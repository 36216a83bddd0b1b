-- From the attempts that go on, which are few, and never from the runs.
SELECT s.launch_key, s.run, s.takes, s.waits, s.tied_at, run.dag, run.state,
       EXISTS (SELECT FROM command c WHERE c.run = s.run AND c.done_at IS NULL) AS commanded,
       (SELECT jsonb_agg(failed.step ORDER BY failed.finished_at, failed.step)
        FROM step_run failed
        WHERE failed.run = s.run AND failed.state = 'FAILED' AND NOT failed.former) AS failed
FROM sub_run s
JOIN run ON run.id = s.run
JOIN attempt ON attempt.launch_key = s.launch_key
WHERE s.waits AND attempt.executor = 'dag' AND attempt.state IN ('LAUNCHING', 'UNKNOWN', 'RUNNING', 'STOPPING')
