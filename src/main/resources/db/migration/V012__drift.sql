-- What was changed by hand in Onefile, as comparisons with it found. Written for H2 and PostgreSQL alike.

-- Set where a change by hand is kept: whom the files asked for when it was found. The slot holds what was found in its
-- place, or is unknown where nobody was found. A row that asks for the same as before is not sent.
ALTER TABLE slot ADD COLUMN kept_for BIGINT;
CREATE INDEX slot_kept_for ON slot (account, kept_for);

-- What the last comparison of all slots by the timetable left for a person.
CREATE TABLE verified (
  account VARCHAR(64) NOT NULL PRIMARY KEY REFERENCES account,
  ended_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  learners BIGINT NOT NULL,
  drifted BIGINT NOT NULL
);
