-- Only runs that are going have attempts that are: found by their own index, however much history there is.
SELECT r.dag, a.run, a.step, a.number, a.launch_key, a.executor, a.state
FROM run r
JOIN attempt a ON a.run = r.id
WHERE r.admitted AND a.state <> ALL (:over)
