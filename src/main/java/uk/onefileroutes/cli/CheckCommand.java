package uk.onefileroutes.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.ConfigurationParts;
import uk.onefileroutes.management.Check.Finding;
import uk.onefileroutes.management.Check.Outcome;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.runtime.Sample;
import uk.onefileroutes.shown.Causes;

/** {@code check}: is everything there that an instance needs. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at configuration, routes, folders, ledger, Onefile's login and SFTP servers.",
      "Says OK or what to do for each. Asks the running instance; where none runs, looks by itself.",
      "Sends nothing; the login costs one call.",
      "With --sample: shows how a feed would understand a file: its first ten rows, and the faults of",
      "the whole file by code. That looks at feed and file only."
    })
final class CheckCommand extends AnsweringCommand {
  static final String CONFIGURATION = "configuration";

  /** What a person fixes in files of ours, rather than in the machine around them. */
  private static final Set<String> OURS = Set.of(CONFIGURATION, "routes");

  @Option(names = "--sample", paramLabel = "FILE", description = "A file as a feed would get it.")
  private @Nullable Path sample;

  @Option(
      names = "--feed",
      paramLabel = "NAME",
      description =
          "With --sample: by whose keys. Default: the only feed, or the only one that wants the name.")
  private String feed = "";

  @Override
  Answer answer() {
    if (sample != null) {
      return sample(sample);
    }
    try {
      Optional<String> one = account();
      List<String> accounts =
          one.isPresent() ? List.of(one.get()) : ConfigurationParts.accounts(folders());
      if (RunningInstance.find(folders()).isEmpty()) {
        return answer(ByConfiguration.checkAll(folders(), accounts));
      }
      List<Finding> findings = new ArrayList<>();
      findings.add(Finding.ok("instance", "runs and answers"));
      for (String account : accounts) {
        Optional<Operations> running = RunningInstance.find(folders(), account);
        if (running.isPresent()) {
          running.get().check().forEach(finding -> findings.add(of(account, finding)));
        }
      }
      return answer(findings);
    } catch (ConfigurationFault e) {
      return answer(e);
    } catch (Refused e) {
      return answer(
          List.of(Finding.notOk("instance", String.valueOf(e.getMessage()))),
          ExitCode.of(e.refusal().code()));
    }
  }

  /**
   * A finding with the account that it is of; what people fix in the files of all stays as it is.
   *
   * @param account empty: there are no accounts
   */
  static Finding of(String account, Finding finding) {
    return account.isEmpty() || OURS.contains(finding.what())
        ? finding
        : new Finding(account + ": " + finding.what(), finding.outcome(), finding.sentence());
  }

  private Answer sample(Path file) {
    try {
      Sample shown = Sample.of(folders(), feed, file);
      return new Answer(
          shown,
          shown.lines().stream()
              .map(line -> line + System.lineSeparator())
              .collect(Collectors.joining()),
          shown.isUnderstood() ? ExitCode.DONE : ExitCode.FAULTS_IN_DATA);
    } catch (ConfigurationFault e) {
      return answer(e);
    } catch (IOException e) {
      return answer(
          List.of(
              Finding.notOk("sample", "The sample can't be read: %s".formatted(Causes.words(e)))),
          ExitCode.ENVIRONMENT);
    }
  }

  private static Answer answer(ConfigurationFault e) {
    return answer(e.faults().stream().map(fault -> Finding.notOk(CONFIGURATION, fault)).toList());
  }

  private static Answer answer(List<Finding> findings) {
    List<Finding> faults =
        findings.stream().filter(finding -> finding.outcome() == Outcome.NOT_OK).toList();
    if (faults.isEmpty()) {
      return answer(findings, ExitCode.DONE);
    }
    return answer(
        findings,
        faults.stream().anyMatch(finding -> OURS.contains(finding.what()))
            ? ExitCode.CONFIGURATION
            : ExitCode.ENVIRONMENT);
  }

  private static Answer answer(List<Finding> findings, int exitCode) {
    return new Answer(
        findings,
        findings.stream().map(CheckCommand::line).collect(Collectors.joining()),
        exitCode);
  }

  private static String line(Finding finding) {
    return "%-9s %-26s %s%n"
        .formatted(finding.outcome().words(), finding.what(), finding.sentence());
  }
}
