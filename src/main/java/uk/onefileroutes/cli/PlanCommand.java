package uk.onefileroutes.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.ConfigurationParts;
import uk.onefileroutes.dryrun.DryRunReport;
import uk.onefileroutes.dryrun.ExportDifference;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Operations.PlanOutputs;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.shown.Causes;

/** {@code plan}: the dry run. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Says what would happen with a file. Sends nothing and records nothing.",
      "That is what it adds and changes, what stays as it is, what is invalid or gone, whether it",
      "would be held, and how long it takes. Asks the running instance; where none runs, looks by itself.",
      "Ends with 0 where it would be delivered without a fault, with 1 where an assignment is invalid or the",
      "file would be held or refused."
    })
final class PlanCommand extends OperationsCommand {
  @Parameters(
      paramLabel = "FILE",
      description =
          "A file of the disk; else the number or name of one that came in, as status shows them.")
  private String file = "";

  @Option(
      names = "--feed",
      paramLabel = "NAME",
      description =
          "By whose columns and rules. Default: the only feed, or the only one that wants the name.")
  private String feed = "";

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description =
          "Say instead how FILE differs from this one, an export of the same feed: slots added,"
              + " changed and gone.")
  private @Nullable String against;

  @Option(names = "--requests", description = "Show each request as it would be sent.")
  private boolean requests;

  @Option(
      names = "--out",
      paramLabel = "CSV",
      description = "Write the input with what would become of each row into this new file.")
  private @Nullable Path rows;

  @Override
  @Nullable String fileMeant() {
    return file.matches("[0-9]{1,18}") ? file : null;
  }

  /** By the feed, each of which is of one; else by the number of a file that came in. */
  @Override
  Optional<String> accountMeant() throws Refused, ConfigurationFault {
    Optional<String> account = account();
    if (account.isPresent() || (feed.isEmpty() && fileMeant() != null)) {
      return account;
    }
    String ofFeed = ConfigurationParts.accountOf(folders(), feed);
    if (ofFeed.isEmpty()) {
      throw new Refused(
          new Refusal(Code.USAGE, whichAccount(), "Or name the feed with --feed: it has one."));
    }
    return Optional.of(ofFeed);
  }

  @Override
  Answer ask(Operations operations) throws Refused, ConfigurationFault {
    try (PlanInput input = PlanInput.to(folders().data(), whole(file))) {
      if (against == null) {
        return plan(operations, input.file());
      }
      try (PlanInput other = PlanInput.to(folders().data(), whole(against))) {
        return compare(operations, input.file(), other.file());
      }
    }
  }

  @Override
  Answer askAlone(String account) throws Refused, ConfigurationFault {
    Operations alone = new ByConfiguration(folders(), account);
    return against == null ? plan(alone, whole(file)) : compare(alone, whole(file), whole(against));
  }

  private Answer compare(Operations operations, String input, String other) throws Refused {
    if (rows != null || requests) {
      throw new Refused(Code.USAGE, "--against goes without --requests and --out.");
    }
    ExportDifference difference = operations.compare(input, other, feed);
    if (difference.fault() != null) {
      throw new Refused(Code.USAGE, difference.fault());
    }
    return new Answer(difference, DifferenceText.of(difference), ExitCode.DONE);
  }

  private Answer plan(Operations operations, String input) throws Refused, ConfigurationFault {
    OutFile.refuseExisting(rows);
    DryRunReport report = operations.plan(input, feed, new PlanOutputs(rows != null, requests));
    if (report.notDone().fault() != null) {
      throw new Refused(Code.USAGE, report.notDone().fault());
    }
    try {
      show(report);
    } catch (IOException e) {
      throw new Refused(Code.FAILED, "The plan can't be written: " + Causes.words(e));
    }
    return Answer.printed(report.needsAttention() ? ExitCode.FAULTS_IN_DATA : ExitCode.DONE);
  }

  /** The absolute path of a file of the disk; the instance has another working directory. */
  private static String whole(String file) {
    try {
      Path path = Path.of(file);
      return Files.exists(path) ? path.toAbsolutePath().normalize().toString() : file;
    } catch (InvalidPathException e) {
      return file;
    }
  }

  private void show(DryRunReport report) throws ConfigurationFault, IOException {
    if (report.outputs().requests() == null) {
      show(report, null);
    } else {
      Path lines = Path.of(report.outputs().requests());
      try (BufferedReader reader = Files.newBufferedReader(lines)) {
        show(report, reader.lines().iterator());
      }
      clear(lines);
    }
    if (report.outputs().rows() != null && rows != null) {
      Path from = Path.of(report.outputs().rows());
      OutFile.copy(from, rows);
      clear(from);
    }
  }

  private void show(DryRunReport report, @Nullable Iterator<String> lines)
      throws ConfigurationFault {
    String text = new PlanText(ConfigurationParts.zone(folders())).of(report);
    output().show(new Answer(new Planned(report, lines), text, ExitCode.DONE));
    if (lines != null && !output().isJson()) {
      output().out().printf("%nRequests%n");
      lines.forEachRemaining(output().out()::println);
    }
  }

  /**
   * A report with what was asked for besides.
   *
   * @param requests written one by one: there may be a million
   */
  private record Planned(
      @JsonUnwrapped DryRunReport report,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Iterator<String> requests) {}

  /** What the instance wrote for us; its folder goes with the last of it. */
  private static void clear(Path output) throws IOException {
    Files.deleteIfExists(output);
    String[] left = output.resolveSibling("").toFile().list();
    if (left != null && left.length == 0) {
      Files.deleteIfExists(output.resolveSibling(""));
    }
  }
}
