SELECT r.dag, a.run, a.step, a.number, a.launch_key, a.executor, a.state
FROM attempt a
JOIN run r ON r.id = a.run
WHERE a.launch_key = ANY (:keys)
