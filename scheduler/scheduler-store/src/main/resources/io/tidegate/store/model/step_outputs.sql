SELECT outputs
FROM attempt_report
WHERE run = :run AND step = :step AND attempt = (
    SELECT max(number) FROM attempt WHERE run = :run AND step = :step AND state = 'SUCCEEDED'
)
