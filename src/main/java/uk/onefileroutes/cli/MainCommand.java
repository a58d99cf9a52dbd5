package uk.onefileroutes.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.shown.Causes;

/** The command line as a whole; without a command it runs the bundle. */
@Command(
    name = "onefile-assignment-routes",
    mixinStandardHelpOptions = true,
    versionProvider = MainCommand.Version.class,
    description =
        "Applies assignment files of a training provider's MIS in Onefile Eportfolio. Without a command: run.",
    subcommands = {
      RunCommand.class,
      DemoCommand.class,
      SimulateCommand.class,
      FeedCommand.class,
      UserCommand.class,
      CheckCommand.class,
      ProveCommand.class,
      PlanCommand.class,
      StatusCommand.class,
      ApplyCommand.class,
      FileCommands.Release.class,
      FileCommands.Cancel.class,
      UndoCommand.class,
      FileCommands.Retry.class,
      LeaversCommand.class,
      ForgetCommand.class,
      VerifyCommand.class,
      FileCommands.Pause.class,
      FileCommands.Resume.class,
      AuditCommand.class,
      EraseCommand.class,
      TestAlarmsCommand.class,
      BackupCommand.class,
      LedgerCommand.class,
      RestoreCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:finished with faults in the data",
      "2:usage or configuration",
      "3:Onefile or environment"
    },
    footer = {
      "",
      "Any key of config/application.properties may also be given as -Dkey=value before -jar, or as an",
      "environment variable: ONEFILE_BASE_URL for onefile.base-url."
    })
public final class MainCommand implements Callable<Integer> {
  private static final String JSON = "--json";

  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(
      names = JSON,
      scope = ScopeType.INHERIT,
      description =
          "For scripts: standard output has JSON only, the answer or an object with the member error.")
  private boolean json;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Which account is meant, where config/accounts has several.")
  private @Nullable String account;

  private final PrintStream out;
  private final PrintStream err;

  MainCommand() {
    this(System.out, System.err);
  }

  private MainCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the command line.
   *
   * @return the exit code; the process may live on for as long as a server runs in it
   */
  public static int execute(String... arguments) {
    return execute(System.out, System.err, arguments);
  }

  static int execute(PrintStream out, PrintStream err, String... arguments) {
    CommandLine line = new CommandLine(new MainCommand(out, err));
    // known before anything is parsed: what can't be parsed is answered as JSON too
    Output output = new Output(Arrays.asList(arguments).contains(JSON), out, err);
    line.setExecutionExceptionHandler(
        // a fault of ours: one line for the operator on call, the rest is in the log
        (failure, commandLine, parsed) ->
            output.refuse(new Refusal(Code.FAILED, "Unexpected: " + Causes.words(failure) + ".")));
    line.setParameterExceptionHandler(
        (mistake, parsed) -> {
          if (output.isJson()) {
            return output.refuse(new Refusal(Code.USAGE, String.valueOf(mistake.getMessage())));
          }
          CommandLine commandLine = mistake.getCommandLine();
          err.println(mistake.getMessage());
          UnmatchedArgumentException.printSuggestions(
              mistake, new PrintWriter(err, true, Charset.defaultCharset()));
          commandLine.usage(err);
          return ExitCode.CONFIGURATION;
        });
    return line.execute(arguments);
  }

  /** The folders that were named, or the default ones. */
  Folders folders() {
    return folders.folders();
  }

  /** The account that was named; null: none was. */
  @Nullable String account() {
    return account;
  }

  /** Where its commands print, as {@code --json} says. */
  Output output() {
    return new Output(json, out, err);
  }

  @Override
  public Integer call() {
    return new Running(output()).run(folders());
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      @Nullable String version = MainCommand.class.getPackage().getImplementationVersion();
      return new String[] {
        "onefile-assignment-routes " + (version == null ? "(not built)" : version),
        "Java " + Runtime.version()
      };
    }
  }
}
