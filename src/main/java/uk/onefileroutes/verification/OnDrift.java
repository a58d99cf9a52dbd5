package uk.onefileroutes.verification;

/** What a comparison by the timetable does about slots that are not as the ledger says. */
public enum OnDrift {
  /** Nothing; an alarm says how many there are. */
  REPORT,
  /** They become unknown, so that the next file sends what it asks for. */
  FORGET,
  /** A change by hand stays until a file asks for somebody else than before. */
  KEEP
}
