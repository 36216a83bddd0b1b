INSERT INTO sub_run (launch_key, parent, step, attempt, run, takes, waits)
VALUES (:key, :parent, :step, :attempt, :run, CAST(:takes AS jsonb), :waits)
ON CONFLICT (launch_key) DO NOTHING
