-- The last writer of this batch wins; in the order of the key, so that two batches never wait for each other.
INSERT INTO partition_current (dag, dataset, partition, data_class, uri, fingerprint, row_count, byte_count, run, step, attempt,
                               written_at)
SELECT DISTINCT ON (u.dag, u.dataset, u.partition)
       u.dag, u.dataset, u.partition, u.data_class, u.uri, u.fingerprint, u.row_count, u.byte_count, u.run, u.step, u.attempt, u.at
FROM json_to_recordset(CAST(:reports AS json)) AS r (run uuid, step text, attempt integer)
JOIN partition_use u
  ON u.run = r.run AND u.step = r.step AND u.attempt = r.attempt AND u.direction = 'WRITE' AND u.effective
ORDER BY u.dag, u.dataset, u.partition, u.id DESC
ON CONFLICT (dag, dataset, partition) DO UPDATE
SET data_class = excluded.data_class, uri = excluded.uri, fingerprint = excluded.fingerprint, row_count = excluded.row_count,
    byte_count = excluded.byte_count, run = excluded.run, step = excluded.step, attempt = excluded.attempt,
    written_at = excluded.written_at
