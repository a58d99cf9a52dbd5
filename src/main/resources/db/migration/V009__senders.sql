-- What senders are told besides their results. Written for H2 and PostgreSQL alike.

-- true from a refusal until its explanation is in the feed's results place; refusals of before were never promised one
ALTER TABLE file ADD COLUMN refusal_owed BOOLEAN DEFAULT FALSE NOT NULL;
CREATE INDEX file_refusal_owed ON file (refusal_owed, no);

-- true from a written answer until the mail about it was sent or given up, for feeds that have one
ALTER TABLE report ADD COLUMN mail_owed BOOLEAN DEFAULT FALSE NOT NULL;
CREATE INDEX report_mail_owed ON report (mail_owed, file_no, seq);
