SELECT page.*, told.deliveries
FROM (
    SELECT *
    FROM alert
    /* conditions */
    ORDER BY id DESC
    LIMIT :limit
) page
LEFT JOIN LATERAL (
    SELECT jsonb_agg(
               o.destination || CASE o.action WHEN 'raised' THEN '' ELSE ' (' || o.action || ')' END || ': '
               || CASE
                      WHEN o.delivered_at IS NOT NULL THEN 'delivered'
                      WHEN o.abandoned THEN 'given up, ' || coalesce(o.problem, 'no reason given')
                      WHEN o.tries > 0 THEN 'failed ' || o.tries || ' times, trying again, ' || coalesce(o.problem, 'no reason given')
                      ELSE 'waiting'
                  END
               ORDER BY o.id) AS deliveries
    FROM outbox o
    WHERE o.topic = 'ALERT' AND o.reference = CAST(page.id AS text)
) told ON true
ORDER BY page.id DESC
