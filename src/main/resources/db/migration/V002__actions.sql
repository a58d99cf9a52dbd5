-- What people may do with a file: release it from hold, cancel it, retry its rows. Written for H2 and PostgreSQL alike.

-- true once a person released it: it is not held again, however it is judged
ALTER TABLE file ADD COLUMN released_by_person BOOLEAN DEFAULT FALSE NOT NULL;
-- cancelled before it was read to its end: it is read all the same, so that each of its rows gets an answer
ALTER TABLE file ADD COLUMN to_be_read BOOLEAN DEFAULT FALSE NOT NULL;
-- while it was being read, older rows were put up for sending again: what it was compared with no longer holds
ALTER TABLE file ADD COLUMN overtaken BOOLEAN DEFAULT FALSE NOT NULL;

-- For what is asked of all files at once: which of them have blocked rows, how many are open.
CREATE INDEX tally_state ON tally (state, file_no);
