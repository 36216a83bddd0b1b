-- Places belong to attempts that go on: whatever ends an attempt gives them back.
SELECT r.dag, a.run, a.step, a.number, a.launch_key, a.created_at, p.demand, p.granted_at IS NOT NULL AS granted,
       a.state = ANY (:ended) AS ended, coalesce(n.lease_until > now(), false) AS alive
FROM place_request p
JOIN attempt a ON a.run = p.run AND a.step = p.step AND a.number = p.number
JOIN run r ON r.id = p.run
LEFT JOIN node n ON n.id = r.owner
WHERE NOT p.over
