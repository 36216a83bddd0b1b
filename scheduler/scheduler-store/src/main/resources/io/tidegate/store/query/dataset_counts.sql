-- One row a partition, not one a use: small beside the history, and asked for by people only.
SELECT dag, dataset, count(*) AS partitions, max(written_at) AS newest_at
FROM partition_current
GROUP BY dag, dataset
ORDER BY dag, dataset
