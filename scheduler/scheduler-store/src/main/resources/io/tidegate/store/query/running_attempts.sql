-- Only runs that are going have attempts that are: found by their own index, however much history there is.
SELECT a.run, a.step, a.number, a.launch_key, a.executor, a.external_id, a.job_details
FROM run r
JOIN attempt a ON a.run = r.id
WHERE r.admitted AND a.state = :running AND a.external_id IS NOT NULL
