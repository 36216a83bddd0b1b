SELECT partition, data_class, uri, fingerprint, row_count, byte_count
FROM partition_current
WHERE dag = :dag AND dataset = :dataset
  AND partition IN (SELECT listed.name FROM json_array_elements_text(CAST(:partitions AS json)) AS listed (name))
ORDER BY partition
