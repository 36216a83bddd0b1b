SELECT i.place, i.interval_start, i.interval_end, i.partition, i.run, i.left_out, r.state, r.started_at, r.finished_at
FROM backfill_interval i
LEFT JOIN run r ON r.id = i.run
WHERE i.backfill = :backfill AND i.place > :after
ORDER BY i.place
LIMIT :limit
