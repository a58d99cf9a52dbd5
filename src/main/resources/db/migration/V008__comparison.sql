-- What a file is compared with before it is released: figures of the feed's last file. Written for H2 and PostgreSQL alike.

CREATE TABLE file_figures (
  file_no BIGINT NOT NULL PRIMARY KEY REFERENCES file,
  -- false: it names only a part of what is assigned, so that nothing is gone with it
  snapshot BOOLEAN NOT NULL,
  -- whether its last record had a line end
  line_end BOOLEAN NOT NULL,
  -- rows that ask for something and whose cells could be read
  records BIGINT NOT NULL
);

-- In how many of these rows a column that is read was filled.
CREATE TABLE file_column (
  file_no BIGINT NOT NULL REFERENCES file_figures,
  name VARCHAR(200) NOT NULL,
  filled BIGINT NOT NULL,
  PRIMARY KEY (file_no, name)
);

-- For who is known as an assignee.
CREATE INDEX slot_assignee ON slot (account, assignee);

-- all reasons to hold a file at once
ALTER TABLE file ALTER COLUMN code SET DATA TYPE VARCHAR(200);
