-- Who and what a centre has, as last read from Onefile: to turn references into ids. Written for H2 and PostgreSQL alike.

-- How the reading of a centre stands. Tickets count up: one is drawn for each wish to have it read anew.
CREATE TABLE directory (
  account VARCHAR(64) NOT NULL REFERENCES account,
  organisation INT NOT NULL,
  -- the last ticket that was drawn, and the last that a complete reading began with
  asked BIGINT NOT NULL,
  answered BIGINT NOT NULL,
  -- whether titles are wanted too, and whether the last complete reading has them
  titles_asked BOOLEAN NOT NULL,
  titles_answered BOOLEAN NOT NULL,
  -- which entries count; others are of a reading that is under way, or was given up
  edition BIGINT NOT NULL,
  read_at TIMESTAMP(3) WITH TIME ZONE,
  -- why it can't be read now; null while nothing is wrong
  failure VARCHAR(1000),
  PRIMARY KEY (account, organisation)
);

-- Values of people are kept as digests only: they can be found, not read.
CREATE TABLE directory_user (
  account VARCHAR(64) NOT NULL,
  organisation INT NOT NULL,
  edition BIGINT NOT NULL,
  id BIGINT NOT NULL,
  role INT NOT NULL,
  archived BOOLEAN NOT NULL,
  misid CHAR(64),
  email CHAR(64),
  PRIMARY KEY (account, organisation, edition, id, role)
);
CREATE INDEX directory_user_id ON directory_user (account, id, organisation, edition);
CREATE INDEX directory_user_misid ON directory_user (account, organisation, edition, misid);
CREATE INDEX directory_user_email ON directory_user (account, organisation, edition, email);

CREATE TABLE directory_title (
  account VARCHAR(64) NOT NULL,
  organisation INT NOT NULL,
  edition BIGINT NOT NULL,
  -- standard or unit
  sort VARCHAR(8) NOT NULL,
  id VARCHAR(64) NOT NULL,
  title CHAR(64) NOT NULL,
  PRIMARY KEY (account, organisation, edition, sort, id)
);
CREATE INDEX directory_title_title ON directory_title (account, organisation, edition, sort, title);
