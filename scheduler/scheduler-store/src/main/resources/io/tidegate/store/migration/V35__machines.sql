-- Where a server runs: local processes can be seen there alone. Unknown of servers of the version before.
ALTER TABLE node ADD COLUMN machine text, ADD COLUMN boot text;
