-- Runs that were going when their owner was lost or gave them back, as far as this node has room for them; then runs that are over and have a
-- command waiting that this server understands. Processes on another machine can be seen there alone: their run is left for a while to the next server
-- on that machine. If this machine is the same one, started anew, they are gone.
WITH elsewhere AS MATERIALIZED (
    SELECT DISTINCT n.boot
    FROM node n
    JOIN node self ON self.id = :node AND n.boot <> self.boot AND n.machine <> self.machine
    WHERE n.lease_until > now() - make_interval(secs => :comes_back_seconds)
), orphaned AS (
    SELECT r.id
    FROM run r
    WHERE r.owner IS NULL AND r.state IN ('RUNNING', 'CANCELLING') AND r.id <> ALL (:except)
      AND NOT EXISTS (
          SELECT FROM attempt a
          WHERE a.run = r.id AND a.state NOT IN ('SUCCEEDED', 'FAILED', 'CANCELLED')
            AND a.job_details ->> CAST(:boot_detail AS text) IN (SELECT elsewhere.boot FROM elsewhere)
      )
    ORDER BY r.id
    LIMIT :room
    FOR NO KEY UPDATE SKIP LOCKED
), commanded AS (
    SELECT r.id
    FROM run r
    WHERE r.owner IS NULL AND r.state IN ('SUCCEEDED', 'FAILED', 'CANCELLED') AND r.id <> ALL (:except)
      AND r.id = ANY (ARRAY(
          SELECT c.run
          FROM command c
          WHERE c.done_at IS NULL AND c.type IN (SELECT listed.type FROM json_array_elements_text(CAST(:known AS json)) AS listed (type))
      ))
    ORDER BY r.id
    LIMIT :limit
    FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE run
SET owner = :node, fence = fence + 1
WHERE id = ANY (ARRAY(SELECT id FROM orphaned UNION ALL SELECT id FROM commanded LIMIT :limit))
RETURNING id, fence
