package uk.onefileroutes.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code run}: the bundle, until it is told to stop. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs until SIGTERM or Ctrl+C: takes files in, sends what changes, answers.")
final class RunCommand implements Callable<Integer> {
  @ParentCommand private MainCommand parent = new MainCommand();

  @Override
  public Integer call() {
    return parent.call();
  }
}
