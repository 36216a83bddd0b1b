UPDATE backfill
SET state = 'FINISHED', finished_at = :at
WHERE id = :backfill AND state = 'RUNNING'
  AND NOT EXISTS (
      SELECT FROM backfill_interval i WHERE i.backfill = backfill.id AND i.run IS NULL AND i.left_out IS NULL)
  AND NOT EXISTS (
      SELECT FROM run r
      WHERE r.backfill = backfill.id AND r.backfill IS NOT NULL AND r.state IN ('QUEUED', 'RUNNING', 'CANCELLING'))
