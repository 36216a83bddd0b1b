SELECT name, value, samples, dataset, model, role, slice_column, slice_value
FROM metric
WHERE run = :run AND step = :step AND attempt = (
    SELECT max(number) FROM attempt WHERE run = :run AND step = :step AND state = 'SUCCEEDED'
)
ORDER BY id
