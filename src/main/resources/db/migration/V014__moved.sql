-- That the ledger is kept elsewhere now, or is not complete here yet. Written for H2 and PostgreSQL alike.

-- At most one row. While it is there, nobody works on this ledger.
CREATE TABLE moved (
  -- 'to': all of it is there now; 'from': it is being copied from there, or that was cut off
  way VARCHAR(4) NOT NULL PRIMARY KEY,
  url VARCHAR(4000) NOT NULL,
  login VARCHAR(200) NOT NULL,
  moved_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);
