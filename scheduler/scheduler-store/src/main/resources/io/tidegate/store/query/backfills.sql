SELECT page.*, progress.*
FROM (
    SELECT *
    FROM backfill
    /* conditions */
    ORDER BY id DESC
    LIMIT :limit
) page
CROSS JOIN LATERAL (
    SELECT count(*) AS total,
           count(*) FILTER (WHERE i.run IS NULL AND i.left_out IS NULL) AS waiting,
           count(*) FILTER (WHERE r.state IN ('QUEUED', 'RUNNING', 'CANCELLING')) AS running,
           count(*) FILTER (WHERE r.state = 'SUCCEEDED') AS succeeded,
           count(*) FILTER (WHERE r.state = 'FAILED') AS failed,
           count(*) FILTER (WHERE r.state = 'CANCELLED') AS cancelled,
           count(*) FILTER (WHERE i.left_out IS NOT NULL) AS left_out
    FROM backfill_interval i
    LEFT JOIN run r ON r.id = i.run
    WHERE i.backfill = page.id
) progress
ORDER BY page.id DESC
