package uk.onefileroutes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.dryrun.DryRunReport;
import uk.onefileroutes.management.DeliveryControl;
import uk.onefileroutes.management.PlanControl;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.runtime.StartFailure;
import uk.onefileroutes.runtime.StoppedInstance;

/** {@code plan}: the dry run. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Says what would happen with a file. Sends nothing and records nothing.",
      "That is what it adds and changes, what stays as it is, what is invalid or gone, whether it",
      "would be held, and how long it takes. Asks the running instance; where none runs, looks by itself.",
      "Ends with 0 where it would be delivered without a fault, with 1 where a row is invalid or the",
      "file would be held or refused."
    })
final class PlanCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParentCommand private MainCommand parent = new MainCommand();

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

  @Option(names = "--requests", description = "Show each request as it would be sent.")
  private boolean requests;

  @Option(
      names = "--out",
      paramLabel = "CSV",
      description = "Write the input with what would become of each row into this new file.")
  private @Nullable Path rows;

  @Option(names = "--json", description = "As JSON, for scripts.")
  private boolean json;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  @Override
  public Integer call() {
    Logging.onlyWarnings();
    try {
      if (rows != null && Files.exists(rows)) {
        throw new CommandFailure(
            ExitCode.CONFIGURATION, rows + " is there already; name another file with --out.");
      }
      DryRunReport report = report(parent.folders());
      if (report.fault() != null) {
        throw new CommandFailure(ExitCode.CONFIGURATION, report.fault());
      }
      show(report);
      return report.needsMending() ? ExitCode.FAULTS_IN_DATA : ExitCode.DONE;
    } catch (CommandFailure e) {
      err.println(e.getMessage());
      return e.exitCode();
    } catch (ConfigurationFault e) {
      err.println(CommandFailure.of(e).getMessage());
      return ExitCode.CONFIGURATION;
    } catch (StartFailure e) {
      err.println(e.getMessage());
      return e.isConfiguration() ? ExitCode.CONFIGURATION : ExitCode.ENVIRONMENT;
    } catch (IOException e) {
      err.println("The plan can't be written: " + e.getMessage());
      return ExitCode.ENVIRONMENT;
    }
  }

  private DryRunReport report(Folders folders)
      throws CommandFailure, ConfigurationFault, StartFailure {
    Optional<RunningInstance> running = RunningInstance.find(folders);
    if (running.isEmpty()) {
      return StoppedInstance.plan(
          Configuration.read(folders), PaceTime.system(), whole(file), feed, outputs());
    }
    try (Shown shown = Shown.to(folders.data(), whole(file))) {
      return JSON.readValue(running.get().plan(shown.file(), feed, outputs()), DryRunReport.class);
    } catch (CommandFailure e) { // faults of the file are told by the report
      throw e.exitCode() == ExitCode.FAULTS_IN_DATA
          ? new CommandFailure(ExitCode.ENVIRONMENT, String.valueOf(e.getMessage()))
          : e;
    } catch (JsonProcessingException e) {
      throw new CommandFailure(
          ExitCode.ENVIRONMENT,
          "What answers is not this version of the bundle (" + e.getOriginalMessage() + ").");
    }
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

  private String outputs() {
    List<String> outputs = new ArrayList<>();
    if (rows != null) {
      outputs.add(PlanControl.ROWS);
    }
    if (requests) {
      outputs.add(PlanControl.REQUESTS);
    }
    return String.join(",", outputs);
  }

  private void show(DryRunReport report) throws ConfigurationFault, IOException {
    out.print(
        json
            ? DeliveryControl.json(report) + System.lineSeparator()
            : new PlanText(Configuration.zoneOf(parent.folders())).of(report));
    if (report.outputs().requests() != null) {
      Path lines = Path.of(report.outputs().requests());
      if (!json) {
        out.printf("%nRequests%n");
      }
      try (BufferedReader reader = Files.newBufferedReader(lines)) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          out.println(line);
        }
      }
      clear(lines);
    }
    if (report.outputs().rows() != null && rows != null) {
      Path from = Path.of(report.outputs().rows());
      Path to = rows.toAbsolutePath();
      Path part = to.resolveSibling("." + to.getFileName() + ".part");
      Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
      clear(from);
    }
  }

  /** What the instance wrote for us; its folder goes with the last of it. */
  private static void clear(Path output) throws IOException {
    Files.deleteIfExists(output);
    String[] left = output.resolveSibling("").toFile().list();
    if (left != null && left.length == 0) {
      Files.deleteIfExists(output.resolveSibling(""));
    }
  }
}
