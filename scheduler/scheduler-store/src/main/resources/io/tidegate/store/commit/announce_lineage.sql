INSERT INTO outbox (topic, destination, reference, action, created_at, next_at)
SELECT 'LINEAGE', '', r.reference, r.action, r.at, r.at
FROM ROWS FROM (json_to_recordset(CAST(:rows AS json)) AS (reference text, action text, at timestamptz)) WITH ORDINALITY
    AS r (reference, action, at, place)
ORDER BY r.place
ON CONFLICT DO NOTHING
