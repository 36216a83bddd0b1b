SELECT current.dag, current.dataset, current.partition
FROM json_to_recordset(CAST(:sources AS json)) AS source (dag text, dataset text)
CROSS JOIN json_array_elements_text(CAST(:partitions AS json)) AS wanted (partition)
JOIN partition_current current
  ON current.dag = source.dag AND current.dataset = source.dataset AND current.partition = wanted.partition
