package uk.onefileroutes.cli;

/** The exit codes; scripts rely on them. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAULTS_IN_DATA = 1;
  static final int CONFIGURATION = 2;
  static final int ENVIRONMENT = 3;

  private ExitCode() {}
}
