SELECT u.run, u.step, u.attempt, u.dag, u.dataset, u.partition, u.data_class, u.uri, u.fingerprint, u.row_count, u.byte_count,
       u.id AS writer_id
FROM json_to_recordset(CAST(:rows AS json)) AS r (run uuid, step text, attempt integer)
JOIN partition_use u ON u.run = r.run AND u.step = r.step AND u.attempt = r.attempt AND u.direction = 'WRITE' AND u.effective
ORDER BY u.id
LIMIT :limit
