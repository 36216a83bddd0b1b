-- What a node owns is found from its runs, of which it has some thousands at most.
SELECT n.id, n.name, n.version, n.registered_at, n.loops,
       CASE WHEN n.lease_until <= now() THEN 'gone' WHEN n.draining THEN 'draining' ELSE 'alive' END AS state,
       CAST(extract(epoch FROM now() - coalesce(n.renewed_at, n.registered_at)) * 1000 AS bigint) AS lease_age,
       CAST(extract(epoch FROM n.lease_until - now()) * 1000 AS bigint) AS lease_left,
       (SELECT count(*) FROM run r WHERE r.owner = n.id) AS runs,
       (SELECT count(*) FROM run r JOIN attempt a ON a.run = r.id WHERE r.owner = n.id AND a.state <> ALL (:ended)) AS attempts
FROM node n
WHERE n.lease_until > now() - interval '1 hour'
ORDER BY n.lease_until > now() DESC, n.registered_at, n.id
