-- What there is for this node to do, in one round trip: mostly one thing or nothing.
SELECT EXISTS (SELECT FROM node n WHERE n.id = :node AND n.lease_until > now()) AS alive,
       EXISTS (SELECT FROM run r WHERE r.owner = ANY (ARRAY(SELECT n.id FROM node n WHERE n.lease_until <= now()))) AS dead_owners,
       EXISTS (SELECT FROM command c WHERE c.done_at IS NULL) AS commands,
       EXISTS (SELECT FROM run r WHERE r.owner IS NULL AND r.state IN ('RUNNING', 'CANCELLING')) AS orphans,
       EXISTS (SELECT FROM run r WHERE r.state = 'QUEUED' AND r.owner IS NULL AND r.backfill IS NULL) AS waiting,
       EXISTS (SELECT FROM run r WHERE r.state = 'QUEUED' AND r.owner IS NULL AND r.backfill IS NOT NULL) AS backfilled
