-- The unique trigger key makes firing twice harmless.
INSERT INTO run (id, dag, version, trigger_kind, trigger_key, actor, interval_start, interval_end, interval_zone, partition,
                 parameters, state, reason, created_at, overlap_policy, overlap_limit)
VALUES (:id, :dag, :version, :trigger_kind, :trigger_key, :actor, :interval_start, :interval_end, :interval_zone, :partition,
        CAST(:parameters AS jsonb), 'QUEUED', :reason, :created_at, :overlap_policy, :overlap_limit)
ON CONFLICT (dag, trigger_key) DO NOTHING
