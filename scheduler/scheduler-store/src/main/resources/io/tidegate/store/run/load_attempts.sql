-- The newest attempt of each step.
SELECT DISTINCT ON (step) *
FROM attempt
WHERE run = :run
ORDER BY step, number DESC
