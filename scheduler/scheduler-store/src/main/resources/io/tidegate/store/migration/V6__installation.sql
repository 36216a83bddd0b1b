-- Which Tidegate this database belongs to: every job that its servers start carries the id. Made once, with the database.
CREATE TABLE installation (
    id text NOT NULL,
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one)
);

INSERT INTO installation (id) VALUES (right(replace(gen_random_uuid()::text, '-', ''), 16));
