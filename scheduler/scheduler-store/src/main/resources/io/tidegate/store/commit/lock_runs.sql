-- Always in the same order, so that two writers never wait for each other.
SELECT id, fence, dag, partition, interval_start,
       EXISTS (SELECT FROM alert WHERE alert.dag = run.dag AND alert.state = 'OPEN') AS alerted, CAST(pg_current_xact_id() AS text) AS transaction
FROM run
WHERE id = ANY (CAST(:ids AS uuid[]))
ORDER BY id
FOR NO KEY UPDATE
