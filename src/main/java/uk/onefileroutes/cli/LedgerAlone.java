package uk.onefileroutes.cli;

import java.util.List;
import java.util.function.Supplier;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.management.AuditControl;
import uk.onefileroutes.management.Status;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.runtime.StartFailure;
import uk.onefileroutes.runtime.StoppedInstance;

/** What can be done where no instance runs. */
final class LedgerAlone implements Operations {
  private final StoppedInstance instance;

  private LedgerAlone(StoppedInstance instance) {
    this.instance = instance;
  }

  static LedgerAlone open(Folders folders) throws CommandFailure {
    try {
      return new LedgerAlone(
          StoppedInstance.open(
              Configuration.ledgerOf(folders),
              folders.data(),
              PaceTime.system(),
              new StoppedInstance.Keep(
                  Configuration.backupOf(folders), Configuration.zoneOf(folders))));
    } catch (ConfigurationFault e) {
      throw CommandFailure.of(e);
    } catch (StartFailure e) {
      throw new CommandFailure(
          ExitCode.ENVIRONMENT, "Nothing answers on the management port, and " + e.getMessage());
    }
  }

  @Override
  public Status status() {
    return instance.status().read();
  }

  @Override
  public String release(String file) throws CommandFailure {
    return asked(() -> instance.files().release(file));
  }

  @Override
  public String cancel(String file) throws CommandFailure {
    return asked(() -> instance.files().cancel(file));
  }

  @Override
  public String retry(String file) throws CommandFailure {
    return asked(() -> instance.files().retry(file));
  }

  @Override
  public String retryCode(String code) throws CommandFailure {
    return asked(() -> instance.files().retryCode(code));
  }

  @Override
  public String retryLearner(String learner) throws CommandFailure {
    return asked(() -> instance.files().retryLearner(learner));
  }

  @Override
  public String retryBlocked() throws CommandFailure {
    return asked(() -> instance.files().retryBlocked());
  }

  @Override
  public String details(String file) throws CommandFailure {
    return answered(() -> instance.files().details(file));
  }

  @Override
  public String forget(String file) throws CommandFailure {
    return asked(() -> instance.files().forget(file));
  }

  @Override
  public String forgetLearner(String learner) throws CommandFailure {
    return asked(() -> instance.files().forgetLearner(learner));
  }

  @Override
  public String forgetAll() throws CommandFailure {
    return asked(() -> instance.files().forgetAll());
  }

  @Override
  public String pause(String why) throws CommandFailure {
    throw notRunning();
  }

  @Override
  public String resume() throws CommandFailure {
    throw notRunning();
  }

  @Override
  public String backup() throws CommandFailure {
    try {
      return instance.files().backup();
    } catch (IllegalStateException e) {
      throw new CommandFailure(ExitCode.ENVIRONMENT, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String erase(String learner) throws CommandFailure {
    throw new CommandFailure(
        ExitCode.ENVIRONMENT,
        "No instance runs; start it, for the archive is read by the feeds of its configuration.");
  }

  @Override
  public List<AuditControl.EntryNow> audit(int most) {
    return instance.audit().newest(most);
  }

  @Override
  public String testAlarms() throws CommandFailure {
    throw new CommandFailure(
        ExitCode.ENVIRONMENT, "No instance runs, and only one that runs sends notices.");
  }

  @Override
  public void close() {
    instance.close();
  }

  private static CommandFailure notRunning() {
    return new CommandFailure(ExitCode.ENVIRONMENT, "No instance runs; nothing is sent.");
  }

  private static String asked(Supplier<String> what) throws CommandFailure {
    return answered(what) + " It takes effect when an instance starts.";
  }

  private static String answered(Supplier<String> what) throws CommandFailure {
    try {
      return what.get();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.FAULTS_IN_DATA, String.valueOf(e.getMessage()));
    }
  }
}
