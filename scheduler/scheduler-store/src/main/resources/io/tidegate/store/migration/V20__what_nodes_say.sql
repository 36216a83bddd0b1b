-- What each node says of itself when it renews its lease. Everything has a default: servers of the version before know nothing of it.
ALTER TABLE node
    ADD COLUMN version text NOT NULL DEFAULT '',
    ADD COLUMN renewed_at timestamptz,
    ADD COLUMN draining boolean NOT NULL DEFAULT false,
    ADD COLUMN loops jsonb NOT NULL DEFAULT '[]';

-- The oldest schema that a server may know and still work on this database. A migration that an older server cannot live with raises it.
ALTER TABLE installation ADD COLUMN oldest_schema integer NOT NULL DEFAULT 18;
