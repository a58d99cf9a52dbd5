package uk.onefileroutes.cli;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ParentCommand;
import uk.onefileroutes.config.Folders;

/** A command that asks the running instance, or the ledger where none runs. */
abstract class OperationsCommand implements Callable<Integer> {
  @ParentCommand private MainCommand parent = new MainCommand();

  final PrintStream out = System.out;

  /**
   * Does it.
   *
   * @return the exit code
   */
  abstract int ask(Operations operations) throws CommandFailure;

  @Override
  public Integer call() {
    Logging.onlyWarnings();
    try (Operations operations = open()) {
      return ask(operations);
    } catch (CommandFailure e) {
      System.err.println(e.getMessage());
      return e.exitCode();
    }
  }

  Folders folders() {
    return parent.folders();
  }

  private Operations open() throws CommandFailure {
    Optional<RunningInstance> running = RunningInstance.find(folders());
    return running.isPresent() ? running.get() : LedgerAlone.open(folders());
  }
}
