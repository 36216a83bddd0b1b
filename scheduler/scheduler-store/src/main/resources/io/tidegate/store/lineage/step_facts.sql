SELECT r.run, r.step, r.attempt, run.dag, run.partition, a.state, a.finished_at, report.code_digest
FROM json_to_recordset(CAST(:rows AS json)) AS r (run uuid, step text, attempt integer)
JOIN run ON run.id = r.run
LEFT JOIN attempt a ON a.run = r.run AND a.step = r.step AND a.number = r.attempt
LEFT JOIN attempt_report report ON report.run = r.run AND report.step = r.step AND report.attempt = r.attempt
WHERE a.run IS NOT NULL OR report.run IS NOT NULL
