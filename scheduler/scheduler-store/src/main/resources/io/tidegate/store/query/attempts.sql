SELECT attempt.*, report.problems
FROM attempt
LEFT JOIN attempt_report report
  ON report.run = attempt.run AND report.step = attempt.step AND report.attempt = attempt.number
WHERE attempt.run = :run AND attempt.step = :step
ORDER BY attempt.number
