WITH resolved AS (
    UPDATE alert
    SET state = 'RESOLVED', resolved_at = :at, resolution = :message
    WHERE id = :id AND state = 'OPEN'
    RETURNING id, channels
), told AS (
    INSERT INTO outbox (topic, destination, reference, action, created_at, next_at)
    SELECT 'ALERT', listed.channel, CAST(resolved.id AS text), 'resolved', :at, :at
    FROM resolved
    CROSS JOIN LATERAL jsonb_array_elements_text(resolved.channels) AS listed (channel)
    ON CONFLICT DO NOTHING
)
SELECT EXISTS (SELECT FROM resolved)
