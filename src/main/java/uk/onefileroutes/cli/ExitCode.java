package uk.onefileroutes.cli;

import uk.onefileroutes.management.Refusal;

/** The exit codes; scripts rely on them. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAULTS_IN_DATA = 1;
  static final int CONFIGURATION = 2;
  static final int ENVIRONMENT = 3;

  private ExitCode() {}

  /** By whose part it is to do something. */
  static int of(Refusal.Code code) {
    return switch (code) {
      case NOT_FOUND, INVALID, NOT_POSSIBLE -> FAULTS_IN_DATA;
      case USAGE, CONFIGURATION, LOGIN -> CONFIGURATION;
      case NOT_RUNNING, RUNNING, NO_ANSWER, OTHER_VERSION, FAILED -> ENVIRONMENT;
    };
  }
}
