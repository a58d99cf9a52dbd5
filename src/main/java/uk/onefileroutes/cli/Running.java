package uk.onefileroutes.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.management.GeneratedPassword;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.runtime.Instance;
import uk.onefileroutes.runtime.StartFailure;

/** Runs an instance in this process until it is told to stop. */
final class Running {
  private final PrintStream err;

  Running(PrintStream err) {
    this.err = err;
  }

  /**
   * Returns the exit code where the instance could not start; otherwise the process ends in {@link
   * Shutdown}.
   */
  int run(Folders folders) {
    Logging.configure(folders);
    Configuration configuration;
    try {
      configuration = Configuration.read(folders);
    } catch (ConfigurationFault e) {
      say("Not started: " + count(e.faults().size()) + " in the configuration.");
      e.faults().forEach(fault -> say("  " + fault));
      return ExitCode.CONFIGURATION;
    }
    Shutdown shutdown = Shutdown.prepared();
    try {
      Instance instance = Instance.start(configuration, PaceTime.system());
      shutdown.started(instance);
      instance.newPassword().ifPresent(password -> show(configuration, password));
      new CountDownLatch(1).await(); // the shutdown ends the process
      return ExitCode.DONE;
    } catch (StartFailure e) {
      shutdown.notStarted();
      say("Not started: " + e.getMessage());
      return e.isConfiguration() ? ExitCode.CONFIGURATION : ExitCode.ENVIRONMENT;
    } catch (RuntimeException | Error e) {
      shutdown.notStarted();
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.DONE;
    }
  }

  /** For the person who starts it, or for the programs that read its log. */
  private void say(String sentence) {
    if (Logging.isJson()) {
      LoggerFactory.getLogger(Running.class).error(sentence.strip());
    } else {
      err.println(sentence);
    }
  }

  /** Not through the log, which others read. */
  private void show(Configuration configuration, String password) {
    err.printf(
        "Login for console, health, metrics and commands, shown this once:%n"
            + "  user %s, password %s%n"
            + "It was generated because management.password is not set, and is kept in %s.%n",
        configuration.management().user(),
        password,
        GeneratedPassword.file(configuration.folders().data()));
  }

  private static String count(int faults) {
    return faults == 1 ? "one fault" : faults + " faults";
  }
}
