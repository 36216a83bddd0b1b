SELECT * FROM step_run WHERE run = :run ORDER BY step
