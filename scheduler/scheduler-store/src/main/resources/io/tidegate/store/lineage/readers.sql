-- Attempts that saw a content: those for whom its writer is the last one before them.
SELECT r.dag, r.dataset, r.partition, r.writer_id, u.run, u.step, u.attempt
FROM json_to_recordset(CAST(:rows AS json)) AS r (dag text, dataset text, partition text, writer_id bigint)
JOIN partition_use u
  ON u.dag = r.dag AND u.dataset = r.dataset AND u.partition = r.partition AND u.direction = 'READ' AND u.effective
LEFT JOIN LATERAL (
    SELECT w.id, w.run, w.step, w.attempt
    FROM partition_use w
    WHERE w.dag = u.dag AND w.dataset = u.dataset AND w.partition = u.partition AND w.direction = 'WRITE' AND w.effective
      AND w.id < u.id AND (w.fingerprint IS NULL OR u.fingerprint IS NULL OR w.fingerprint = u.fingerprint)
    ORDER BY w.id DESC
    LIMIT 1
) writer ON true
WHERE writer.id IS NOT DISTINCT FROM r.writer_id
ORDER BY u.id
LIMIT :limit
