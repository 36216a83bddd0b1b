-- Who wrote the partition is told where its newest content is still the one that was trained on.
SELECT t.version, t.dag, t.dataset, coalesce(t.data_class, c.data_class) AS data_class, t.partition, t.uri, t.fingerprint, t.row_count,
       t.byte_count, c.run, c.step, c.written_at
FROM model_training_partition t
LEFT JOIN partition_current c
  ON c.dag = t.dag AND c.dataset = t.dataset AND c.partition = t.partition
 AND (c.fingerprint IS NULL OR t.fingerprint IS NULL OR c.fingerprint = t.fingerprint)
WHERE t.model = :model
  AND t.version > (SELECT versions FROM model WHERE name = :model) - :limit
ORDER BY t.version, t.place
