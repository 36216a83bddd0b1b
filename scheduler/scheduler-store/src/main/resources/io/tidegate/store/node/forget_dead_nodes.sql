-- Each start of a server is a new node; those long gone are of no use to anybody.
DELETE FROM node
WHERE lease_until < now() - interval '7 days' AND NOT EXISTS (SELECT FROM run WHERE run.owner = node.id)
