-- Why a file is held, and what it would change. Written for H2 and PostgreSQL alike.

-- several reasons, joined with ;
ALTER TABLE file ALTER COLUMN code SET DATA TYPE VARCHAR(100);
-- For what a feed released before.
CREATE INDEX file_feed ON file (account, feed, no);

-- what its slot was known to hold when the row was read; null where that was not known
ALTER TABLE file_row ADD COLUMN held BIGINT;
