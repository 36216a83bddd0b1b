-- Every item has a row, with no values when it did not succeed.
SELECT coalesce(r.outputs, '{}') AS outputs
FROM step_run s
LEFT JOIN LATERAL (
    SELECT max(a.number) AS number
    FROM attempt a
    WHERE a.run = s.run AND a.step = s.step AND a.state = 'SUCCEEDED'
) newest ON true
LEFT JOIN attempt_report r ON r.run = s.run AND r.step = s.step AND r.attempt = newest.number
WHERE s.run = :run AND s.step LIKE :items AND s.item IS NOT NULL
ORDER BY CAST(s.item ->> 'item.index' AS integer), s.step
