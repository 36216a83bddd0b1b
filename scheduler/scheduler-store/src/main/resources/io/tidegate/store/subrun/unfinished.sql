SELECT run.id, run.state
FROM (
    SELECT s.run, s.attempt
    FROM sub_run s
    WHERE s.parent = :parent AND s.step = :step AND s.attempt < :attempt
    ORDER BY s.attempt DESC
    LIMIT 1
) earlier
JOIN run ON run.id = earlier.run
JOIN attempt ON attempt.run = :parent AND attempt.step = :step AND attempt.number = earlier.attempt
WHERE attempt.state <> 'SUCCEEDED'
  AND run.dag = :dag AND run.version = :version AND run.parameters = CAST(:parameters AS jsonb)
  AND run.interval_start IS NOT DISTINCT FROM CAST(:interval_start AS timestamptz)
  AND run.interval_end IS NOT DISTINCT FROM CAST(:interval_end AS timestamptz)
