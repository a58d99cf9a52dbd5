package uk.onefileroutes.cli;

import uk.onefileroutes.config.ConfigurationFault;

/** A command could not be done; the message is for people. */
final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  static CommandFailure of(ConfigurationFault fault) {
    return new CommandFailure(
        ExitCode.CONFIGURATION, String.join(System.lineSeparator(), fault.faults()));
  }

  int exitCode() {
    return exitCode;
  }
}
