-- Alarms that stand, and the notices of them that are still owed. Written for H2 and PostgreSQL alike.

CREATE TABLE alarm (
  account VARCHAR(64) NOT NULL REFERENCES account,
  code VARCHAR(32) NOT NULL,
  -- the feed, file or place that it concerns; empty where there is only one
  about VARCHAR(300) NOT NULL,
  since TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  message VARCHAR(1000) NOT NULL,
  -- how often in a row it came back soon after it was over
  returns INT NOT NULL,
  PRIMARY KEY (account, code, about)
);

-- One row for each channel that must still be told; it goes when that is done, or given up.
CREATE TABLE notice (
  account VARCHAR(64) NOT NULL REFERENCES account,
  id VARCHAR(36) NOT NULL,
  channel VARCHAR(16) NOT NULL,
  event VARCHAR(16) NOT NULL,
  code VARCHAR(32) NOT NULL,
  about VARCHAR(300) NOT NULL,
  since TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  happened_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  message VARCHAR(1000) NOT NULL,
  PRIMARY KEY (account, id, channel)
);
