-- The sender of a file that was refused is told why, in the feed's results place. Written for H2 and PostgreSQL alike.

-- true from the refusal until the explanation is there; those of before were never promised one
ALTER TABLE file ADD COLUMN refusal_owed BOOLEAN DEFAULT FALSE NOT NULL;
CREATE INDEX file_refusal_owed ON file (refusal_owed, no);
