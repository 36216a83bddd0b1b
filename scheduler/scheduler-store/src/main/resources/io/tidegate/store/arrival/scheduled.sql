SELECT run.interval_start
FROM run
WHERE run.dag = :dag AND run.interval_start >= :from AND run.interval_start < :until AND run.trigger_kind = 'SCHEDULE'
