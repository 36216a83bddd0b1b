INSERT INTO partition_use (run, step, attempt, direction, dag, dataset, data_class, partition, uri, fingerprint, row_count,
                           byte_count, effective, at)
SELECT r.run, r.step, r.attempt, r.direction, r.dag, r.dataset, r.data_class, r.partition, r.uri, r.fingerprint, r.row_count,
       r.byte_count,
       NOT EXISTS (SELECT FROM attempt a
                   WHERE a.run = r.run AND a.step = r.step AND a.number = r.attempt AND a.state IN ('FAILED', 'CANCELLED')),
       r.at
FROM ROWS FROM (json_to_recordset(CAST(:rows AS json)) AS
    (run uuid, step text, attempt integer, direction text, dag text, dataset text, data_class text, partition text, uri text,
     fingerprint text, row_count bigint, byte_count bigint, at timestamptz)) WITH ORDINALITY
    AS r (run, step, attempt, direction, dag, dataset, data_class, partition, uri, fingerprint, row_count, byte_count, at, place)
ORDER BY r.place
ON CONFLICT DO NOTHING
