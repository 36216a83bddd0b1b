-- Backfills with a run that waits; a run that is rerun waits here, too, long after its backfill has ended.
SELECT backfill.id
FROM backfill
WHERE backfill.id IN (SELECT r.backfill FROM run r WHERE r.state = 'QUEUED' AND r.owner IS NULL AND r.backfill IS NOT NULL)
ORDER BY backfill.id
LIMIT :limit
FOR NO KEY UPDATE OF backfill SKIP LOCKED
