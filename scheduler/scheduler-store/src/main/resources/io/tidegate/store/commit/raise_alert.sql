WITH raised AS (
    INSERT INTO alert (dag, problem, event, run, step, partition, message, channels, opened_at)
    VALUES (:dag, :problem, :event, :run, :step, :partition, :message, CAST(:channels AS jsonb), :at)
    ON CONFLICT (dag, problem) WHERE state = 'OPEN' DO NOTHING
    RETURNING id, channels
)
INSERT INTO outbox (topic, destination, reference, action, created_at, next_at)
SELECT 'ALERT', listed.channel, CAST(raised.id AS text), 'raised', :at, :at
FROM raised
CROSS JOIN LATERAL jsonb_array_elements_text(raised.channels) AS listed (channel)
ON CONFLICT DO NOTHING
