-- What a slot is known to hold, and when that is not enough. Written for H2 and PostgreSQL alike.

-- true: sent although its slot is known to hold what it asks for, by plan.resend or plan.trust-days
ALTER TABLE request ADD COLUMN repeats BOOLEAN DEFAULT FALSE NOT NULL;
