-- Rows that hold from a day on. Written for H2 and PostgreSQL alike.

-- When the day opens from which on a request may be sent; null: it may be, or that day has come.
ALTER TABLE request ADD COLUMN not_before TIMESTAMP(3) WITH TIME ZONE;
CREATE INDEX request_not_before ON request (not_before, file_no);
