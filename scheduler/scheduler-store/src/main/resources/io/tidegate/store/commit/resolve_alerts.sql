WITH resolved AS (
    UPDATE alert
    SET state = 'RESOLVED', resolved_at = :at, resolution = :message
    WHERE dag = :dag AND problem = :problem AND state = 'OPEN'
    RETURNING id
)
INSERT INTO outbox (topic, destination, reference, action, created_at, next_at)
SELECT 'ALERT', listed.channel, CAST(resolved.id AS text), 'resolved', :at, :at
FROM resolved
CROSS JOIN json_array_elements_text(CAST(:channels AS json)) AS listed (channel)
ON CONFLICT DO NOTHING
