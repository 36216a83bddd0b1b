-- One point for each interval: the newest report on it. What was measured to compare a challenger is not the champion's history.
SELECT DISTINCT ON (interval_start) interval_start, partition, value, samples
FROM metric
WHERE model = :model AND name = :metric AND interval_start <= :up_to
  AND slice_column IS NULL AND NOT comparison AND role IS DISTINCT FROM 'CHALLENGER'
ORDER BY interval_start DESC, id DESC
LIMIT :limit
