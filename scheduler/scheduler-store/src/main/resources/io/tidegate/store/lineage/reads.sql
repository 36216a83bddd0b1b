-- What attempts read, each with the writer of the content they saw: the last one before, with the same fingerprint where both are known.
SELECT u.run, u.step, u.attempt, u.dag, u.dataset, u.partition, u.data_class, u.uri, u.fingerprint, u.row_count, u.byte_count,
       writer.id AS writer_id, writer.run AS writer_run, writer.step AS writer_step, writer.attempt AS writer_attempt
FROM json_to_recordset(CAST(:rows AS json)) AS r (run uuid, step text, attempt integer)
JOIN partition_use u ON u.run = r.run AND u.step = r.step AND u.attempt = r.attempt AND u.direction = 'READ'
LEFT JOIN LATERAL (
    SELECT w.id, w.run, w.step, w.attempt
    FROM partition_use w
    WHERE w.dag = u.dag AND w.dataset = u.dataset AND w.partition = u.partition AND w.direction = 'WRITE' AND w.effective
      AND w.id < u.id AND (w.fingerprint IS NULL OR u.fingerprint IS NULL OR w.fingerprint = u.fingerprint)
    ORDER BY w.id DESC
    LIMIT 1
) writer ON true
ORDER BY u.id
LIMIT :limit
