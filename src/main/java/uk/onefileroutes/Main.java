package uk.onefileroutes;

import uk.onefileroutes.cli.MainCommand;

/** Starts the command line. */
public final class Main {
  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(MainCommand.execute(arguments));
  }
}
