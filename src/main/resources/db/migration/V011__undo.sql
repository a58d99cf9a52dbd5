-- What a file replaced, so that it can be given back, and files that are made here. Written for H2 and PostgreSQL alike.

-- 'undo' or 'part': the file was made here, of the file made_of; null: a feed delivered it
ALTER TABLE file ADD COLUMN made VARCHAR(4);
ALTER TABLE file ADD COLUMN made_of BIGINT;

-- how its slot was when the row first reached it: empty, known or unknown; null: it never did
ALTER TABLE file_row ADD COLUMN slot_was VARCHAR(7);
-- whom the slot was known to hold then
ALTER TABLE file_row ADD COLUMN replaced BIGINT;

-- the file whose row reached the slot last; null: that was before this was kept
ALTER TABLE slot ADD COLUMN file_no BIGINT;

-- in which role the row assigns: an additional assignment's slot does not say it; null: sent before this was kept
ALTER TABLE request ADD COLUMN assigned_role VARCHAR(8);

-- how many people must approve that it is released
ALTER TABLE file ADD COLUMN approvals INT DEFAULT 1 NOT NULL;

-- Who approved the release of a held file, and of what.
CREATE TABLE approval (
  file_no BIGINT NOT NULL REFERENCES file,
  who VARCHAR(130) NOT NULL,
  -- the digest of the plan, and which part of it
  what VARCHAR(100) NOT NULL,
  approved_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (file_no, who)
);
