-- A node whose lease has run out loses its runs, and its writes from then on are refused: the fence has moved. The arrays are gathered
-- first, here and in the statements beside this one, so that the database goes to the runs by index however little it knows of its tables.
UPDATE run
SET owner = NULL, fence = fence + 1
WHERE id = ANY (ARRAY(
    SELECT r.id
    FROM run r
    WHERE r.owner = ANY (ARRAY(SELECT n.id FROM node n WHERE n.lease_until <= now()))
    ORDER BY r.id
    FOR NO KEY UPDATE SKIP LOCKED
))
