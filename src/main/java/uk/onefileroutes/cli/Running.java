package uk.onefileroutes.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.config.ServiceLinks;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.ports.GeneratedPassword;
import uk.onefileroutes.runtime.Instance;
import uk.onefileroutes.runtime.StartFailure;

/** Runs an instance in this process until it is told to stop. */
final class Running {
  private final Output output;

  Running(Output output) {
    this.output = output;
  }

  /**
   * Returns the exit code where the instance could not start; otherwise the process ends in {@link
   * Shutdown}.
   */
  int run(Folders folders) {
    Logging.configure(folders);
    ServiceLinks.ignored()
        .ifPresent(each -> LoggerFactory.getLogger(Running.class).warn("SERVICE: {}", each));
    List<Configuration> configurations;
    try {
      configurations = Configuration.readAll(folders);
    } catch (ConfigurationFault e) {
      List<String> lines = new ArrayList<>();
      lines.add("Not started: " + count(e.faults().size()) + " in the configuration.");
      e.faults().forEach(fault -> lines.add("  " + fault));
      return notStarted(Code.CONFIGURATION, lines);
    }
    Shutdown shutdown = Shutdown.prepared();
    try {
      Instance instance = Instance.start(configurations, PaceTime.system());
      shutdown.started(instance);
      instance.newPassword().ifPresent(password -> show(configurations.get(0), password));
      new CountDownLatch(1).await(); // the shutdown ends the process
      return ExitCode.DONE;
    } catch (StartFailure e) {
      shutdown.notStarted();
      return notStarted(Output.refusal(e).code(), List.of("Not started: " + e.getMessage()));
    } catch (RuntimeException | Error e) {
      shutdown.notStarted();
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.DONE;
    }
  }

  /** For the person who starts it, or for the programs that read its output or its log. */
  private int notStarted(Code code, List<String> lines) {
    if (Logging.isJson() && !output.isJson()) {
      Logger log = LoggerFactory.getLogger(Running.class);
      lines.forEach(line -> log.error(line.strip()));
      return ExitCode.of(code);
    }
    return output.refuse(new Refusal(code, String.join(System.lineSeparator(), lines)));
  }

  /** Not through the log, which others read. */
  private void show(Configuration configuration, String password) {
    output
        .err()
        .printf(
            "Login for console, health, metrics and commands, shown this once:%n"
                + "  user %s, password %s%n"
                + "It was generated because management.password is not set, and is kept in %s.%n",
            configuration.management().login().user(),
            password,
            GeneratedPassword.file(configuration.folders().data()));
  }

  private static String count(int faults) {
    return faults == 1 ? "one fault" : faults + " faults";
  }
}
