package uk.onefileroutes.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.ConfigurationParts;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.runtime.StartFailure;
import uk.onefileroutes.runtime.StoppedInstance;

/** A command that asks the running instance, or the ledger where none runs. */
abstract class OperationsCommand extends AnsweringCommand {

  /** Asks and tells. */
  abstract Answer ask(Operations operations)
      throws Refused, ConfigurationFault, StartFailure, IOException, InterruptedException;

  @Override
  final Answer answer()
      throws Refused, ConfigurationFault, StartFailure, IOException, InterruptedException {
    Optional<Operations> running = RunningInstance.find(folders());
    return running.isPresent() ? ask(running.get()) : askAlone();
  }

  /** Waits until it is time to ask again; Ctrl+C ends the process meanwhile. */
  static void waitFor(Duration time) throws InterruptedException {
    boolean unused = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Where no instance runs. */
  Answer askAlone()
      throws Refused, ConfigurationFault, StartFailure, IOException, InterruptedException {
    try (StoppedInstance stopped = open(folders())) {
      return ask(stopped.operations());
    }
  }

  private static StoppedInstance open(Folders folders) throws Refused, ConfigurationFault {
    try {
      return StoppedInstance.open(
          ConfigurationParts.ledger(folders),
          folders.data(),
          PaceTime.system(),
          new StoppedInstance.Keep(
              ConfigurationParts.backup(folders), ConfigurationParts.zone(folders)));
    } catch (StartFailure e) {
      throw new Refused(
          new Refusal(
              Refusal.Code.FAILED,
              "Nothing answers on the management port, and " + e.getMessage()));
    }
  }
}
