package uk.onefileroutes.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.management.Check.Finding;
import uk.onefileroutes.management.Check.Outcome;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.runtime.Sample;
import uk.onefileroutes.runtime.StoppedInstance;

/** {@code check}: is everything there that an instance needs. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at configuration, routes, folders, ledger, Onefile's login and SFTP servers.",
      "Says OK or what to do for each. Asks the running instance; where none runs, looks by itself.",
      "Sends nothing; the login costs one call.",
      "With --sample: shows how a feed would understand a file, for its first ten rows. That looks",
      "at feed and file only."
    })
final class CheckCommand implements Callable<Integer> {
  @ParentCommand private MainCommand parent = new MainCommand();

  @Option(names = "--sample", paramLabel = "FILE", description = "A file as a feed would get it.")
  private @Nullable Path sample;

  @Option(
      names = "--feed",
      paramLabel = "NAME",
      description =
          "With --sample: by whose keys. Default: the only feed, or the only one that wants the name.")
  private String feed = "";

  private final PrintStream out = System.out;

  @Override
  public Integer call() {
    Logging.onlyWarnings();
    Folders folders = parent.folders();
    try {
      if (sample != null) {
        return show(Sample.of(folders, feed, sample));
      }
      Optional<RunningInstance> running = RunningInstance.find(folders);
      if (running.isPresent()) {
        show(Finding.ok("instance", "runs and answers"));
        return show(running.get().check());
      }
      Configuration configuration = Configuration.read(folders);
      show(Finding.ok("configuration", folders.config().toString()));
      return show(StoppedInstance.check(configuration, PaceTime.system()));
    } catch (ConfigurationFault e) {
      e.faults().forEach(fault -> show(Finding.notOk("configuration", fault)));
      return ExitCode.CONFIGURATION;
    } catch (IOException e) {
      show(Finding.notOk("sample", "%s can't be read: %s".formatted(sample, e.getMessage())));
      return ExitCode.ENVIRONMENT;
    } catch (CommandFailure e) {
      show(Finding.notOk("instance", String.valueOf(e.getMessage())));
      return e.exitCode();
    }
  }

  private int show(List<Finding> findings) {
    findings.forEach(this::show);
    if (findings.stream().noneMatch(finding -> finding.outcome() == Outcome.NOT_OK)) {
      return ExitCode.DONE;
    }
    boolean isRoutes =
        findings.stream()
            .anyMatch(
                finding -> finding.what().equals("routes") && finding.outcome() == Outcome.NOT_OK);
    return isRoutes ? ExitCode.CONFIGURATION : ExitCode.ENVIRONMENT;
  }

  private int show(Sample shown) {
    shown.lines().forEach(out::println);
    return shown.isUnderstood() ? ExitCode.DONE : ExitCode.FAULTS_IN_DATA;
  }

  private void show(Finding finding) {
    out.printf("%-9s %-26s %s%n", finding.outcome().words(), finding.what(), finding.sentence());
  }
}
