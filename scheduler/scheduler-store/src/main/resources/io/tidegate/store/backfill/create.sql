INSERT INTO backfill (dag, version, first_day, last_day, backwards, reprocess, parallel, parameters, state, actor, reason, created_at)
VALUES (:dag, :version, :first_day, :last_day, :backwards, :reprocess, :parallel, CAST(:parameters AS jsonb), 'RUNNING', :actor,
        :reason, :at)
RETURNING id
