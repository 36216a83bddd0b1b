-- The newest content of a partition, of the newest partition when none is named; failing that, what somebody read and nobody wrote.
WITH written AS (
    SELECT c.*
    FROM partition_current c
    WHERE c.dag = :dag AND c.dataset = :dataset AND c.partition = coalesce(CAST(:partition AS text), c.partition)
    ORDER BY c.partition DESC
    LIMIT 1
), found AS (
    SELECT w.dag, w.dataset, w.partition, w.data_class, w.uri, w.fingerprint, w.row_count, w.byte_count,
           u.id AS writer_id, w.run AS writer_run, w.step AS writer_step, w.attempt AS writer_attempt, 1 AS preference
    FROM written w
    LEFT JOIN partition_use u
      ON u.run = w.run AND u.step = w.step AND u.attempt = w.attempt AND u.direction = 'WRITE'
     AND u.dag = w.dag AND u.dataset = w.dataset AND u.partition = w.partition
    UNION ALL
    (SELECT u.dag, u.dataset, u.partition, u.data_class, u.uri, u.fingerprint, u.row_count, u.byte_count,
            NULL, NULL, NULL, NULL, 2
     FROM partition_use u
     WHERE u.dag = :dag AND u.dataset = :dataset AND u.partition = coalesce(CAST(:partition AS text), u.partition)
       AND u.direction = 'READ' AND u.effective
       AND NOT EXISTS (SELECT FROM written)
     ORDER BY u.partition DESC, u.id DESC
     LIMIT 1)
)
SELECT * FROM found ORDER BY preference LIMIT 1
