SELECT direction, dataset, data_class, partition, uri, fingerprint, row_count, byte_count, attempt
FROM partition_use
WHERE run = :run AND step = :step
ORDER BY attempt, direction, dataset, partition
