-- Whose slots became unknown because they left Onefile. Written for H2 and PostgreSQL alike.

-- One row for each slot that held somebody who left. It counts for as long as the slot is unknown: once somebody else
-- is assigned it is known again, and the next reading of a directory deletes the row.
CREATE TABLE leaver_slot (
  account VARCHAR(64) NOT NULL REFERENCES account,
  learner BIGINT NOT NULL,
  slot VARCHAR(128) NOT NULL,
  leaver BIGINT NOT NULL,
  -- false: the account was no longer listed
  archived BOOLEAN NOT NULL,
  PRIMARY KEY (account, learner, slot)
);
