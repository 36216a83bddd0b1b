-- As many as may go beside those that do; none while the backfill rests.
SELECT place, interval_start, interval_end, interval_zone
FROM backfill_interval
WHERE backfill = :backfill AND run IS NULL AND left_out IS NULL
ORDER BY place
LIMIT coalesce((
    SELECT greatest(0, backfill.parallel - (
        SELECT count(*) FROM run r
        WHERE r.backfill = backfill.id AND r.backfill IS NOT NULL AND r.state IN ('QUEUED', 'RUNNING', 'CANCELLING')))
    FROM backfill
    WHERE backfill.id = :backfill AND backfill.state = 'RUNNING'), 0)
