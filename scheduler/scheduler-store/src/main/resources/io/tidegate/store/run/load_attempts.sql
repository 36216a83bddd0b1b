-- The newest attempt of each step.
SELECT DISTINCT ON (run, step) *
FROM attempt
WHERE run = ANY (:runs)
ORDER BY run, step, number DESC
