package uk.onefileroutes.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.UnmatchedArgumentException;
import uk.onefileroutes.config.Folders;

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
      CheckCommand.class,
      PlanCommand.class,
      StatusCommand.class,
      FileCommands.Release.class,
      FileCommands.Cancel.class,
      FileCommands.Retry.class,
      ForgetCommand.class,
      VerifyCommand.class,
      FileCommands.Pause.class,
      FileCommands.Resume.class,
      AuditCommand.class,
      EraseCommand.class,
      TestAlarmsCommand.class,
      BackupCommand.class,
      RestoreCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:finished with faults in the data",
      "2:usage or configuration",
      "3:far side or environment"
    },
    footer = {
      "",
      "Any key of config/application.properties may also be given as -Dkey=value before -jar, or as an",
      "environment variable: ONEFILE_BASE_URL for onefile.base-url."
    })
public final class MainCommand implements Callable<Integer> {
  @Mixin private FolderOptions folders = new FolderOptions();

  /**
   * Runs the command line.
   *
   * @return the exit code; the process may go on for as long as a server runs in it
   */
  public static int execute(String... arguments) {
    CommandLine line = new CommandLine(new MainCommand());
    line.setExecutionExceptionHandler(
        (failure, commandLine, parsed) -> {
          // a fault of ours: one line for whoever is on call, the rest is in the log
          commandLine.getErr().println("Unexpected: " + failure);
          return ExitCode.ENVIRONMENT;
        });
    line.setParameterExceptionHandler(
        (mistake, parsed) -> {
          CommandLine commandLine = mistake.getCommandLine();
          PrintWriter err = commandLine.getErr();
          err.println(mistake.getMessage());
          UnmatchedArgumentException.printSuggestions(mistake, err);
          commandLine.usage(err);
          return ExitCode.CONFIGURATION;
        });
    return line.execute(arguments);
  }

  /** The folders that were named, or the default ones. */
  Folders folders() {
    return folders.folders();
  }

  @Override
  public Integer call() {
    return new Running(System.err).run(folders.folders());
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
