SELECT outputs
FROM attempt_report
WHERE run = :run AND step = :step
ORDER BY attempt DESC
LIMIT 1
