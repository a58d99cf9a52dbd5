package uk.onefileroutes.cli;

import uk.onefileroutes.management.Status;

/**
 * What a person can ask and tell, wherever it is done: by the running instance, or, where none
 * runs, with the ledger alone. Each verb returns a sentence.
 */
interface Operations extends AutoCloseable {
  Status status() throws CommandFailure;

  String release(String file) throws CommandFailure;

  String cancel(String file) throws CommandFailure;

  String retry(String file) throws CommandFailure;

  String retryCode(String code) throws CommandFailure;

  String retryLearner(String learner) throws CommandFailure;

  String retryBlocked() throws CommandFailure;

  String pause(String why) throws CommandFailure;

  String resume() throws CommandFailure;

  String backup() throws CommandFailure;

  @Override
  void close();
}
