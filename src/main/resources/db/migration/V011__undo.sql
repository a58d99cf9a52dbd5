-- What a file replaced, so that it can be given back. Written for H2 and PostgreSQL alike.

-- 'undo' or 'part': the file was made here, of the file made_of; null: a feed delivered it
ALTER TABLE file ADD COLUMN made VARCHAR(4);
ALTER TABLE file ADD COLUMN made_of BIGINT;

-- how its slot was when the row first reached it: empty, known or unknown; null: it never did
ALTER TABLE file_row ADD COLUMN slot_was VARCHAR(7);
-- whom the slot was known to hold then
ALTER TABLE file_row ADD COLUMN replaced BIGINT;

-- the file whose row reached the slot last; null: that was before this was kept
ALTER TABLE slot ADD COLUMN file_no BIGINT;
