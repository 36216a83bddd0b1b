INSERT INTO model_training_partition (model, version, place, dag, dataset, data_class, partition, uri, fingerprint, row_count,
                                      byte_count)
SELECT :model, :version, r.place, r.dag, r.dataset, r.data_class, r.partition, r.uri, r.fingerprint, r.row_count, r.byte_count
FROM json_to_recordset(CAST(:rows AS json)) AS r
    (place integer, dag text, dataset text, data_class text, partition text, uri text, fingerprint text, row_count bigint,
     byte_count bigint)
