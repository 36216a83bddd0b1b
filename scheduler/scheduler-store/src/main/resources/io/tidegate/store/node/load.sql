-- How the runs that go are spread: those that are owned, and those that were going and are owned by nobody just now.
SELECT (SELECT count(*) FROM run r WHERE r.owner = :node) AS own,
       (SELECT count(*) FROM run r WHERE r.owner IS NOT NULL)
           + (SELECT count(*) FROM run r WHERE r.owner IS NULL AND r.state IN ('RUNNING', 'CANCELLING')) AS everything,
       (SELECT count(*) FROM node n WHERE n.id = :node OR (n.lease_until > now() AND NOT n.draining)) AS nodes
