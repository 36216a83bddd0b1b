-- A run that was made and not written down: its server died in between.
UPDATE backfill_interval
SET run = made.id
FROM run made
WHERE backfill_interval.backfill = :backfill AND backfill_interval.run IS NULL AND backfill_interval.left_out IS NULL
  AND made.backfill = :backfill AND made.interval_start = backfill_interval.interval_start
