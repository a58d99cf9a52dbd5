package uk.onefileroutes.cli;

import java.util.List;
import uk.onefileroutes.management.AuditControl;
import uk.onefileroutes.management.Status;

/**
 * What a person can ask and tell, wherever it is done: by the running instance, or, where none
 * runs, with the ledger alone. Each verb returns a sentence, unless it says otherwise.
 */
interface Operations extends AutoCloseable {
  Status status() throws CommandFailure;

  String release(String file) throws CommandFailure;

  String cancel(String file) throws CommandFailure;

  String retry(String file) throws CommandFailure;

  String retryCode(String code) throws CommandFailure;

  String retryLearner(String learner) throws CommandFailure;

  String retryBlocked() throws CommandFailure;

  /** A file and its rows that need a person, as JSON. */
  String details(String file) throws CommandFailure;

  String forget(String file) throws CommandFailure;

  String forgetLearner(String learner) throws CommandFailure;

  String forgetAll() throws CommandFailure;

  String pause(String why) throws CommandFailure;

  String resume() throws CommandFailure;

  String backup() throws CommandFailure;

  String erase(String learner) throws CommandFailure;

  /** So many of the newest actions, newest first. */
  List<AuditControl.EntryNow> audit(int most) throws CommandFailure;

  String testAlarms() throws CommandFailure;

  @Override
  void close();
}
