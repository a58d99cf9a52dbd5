package uk.onefileroutes.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.runtime.Restore;
import uk.onefileroutes.runtime.StartFailure;

/** {@code restore}: a backup in the place of the ledger. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a backup in the place of the embedded ledger; only while no instance runs.",
      "The ledger that is there is renamed. Afterwards nothing is sent until resume, and the next",
      "full export is sent again, every row of it: a backup knows nothing of what came after it."
    })
final class RestoreCommand implements Callable<Integer> {
  @ParentCommand private MainCommand parent = new MainCommand();

  @Parameters(paramLabel = "FILE", description = "A ZIP file of backup/ in the data folder.")
  private Path file = Path.of("");

  private final PrintStream out = System.out;

  @Override
  public Integer call() {
    Logging.onlyWarnings();
    Folders folders = parent.folders();
    try {
      if (RunningInstance.find(folders).isPresent()) {
        throw new CommandFailure(
            ExitCode.ENVIRONMENT,
            "An instance runs on this data folder. Stop it first; nothing was changed.");
      }
      Restore restore =
          new Restore(
              Configuration.ledgerOf(folders),
              folders.data(),
              PaceTime.system(),
              Configuration.zoneOf(folders));
      show(restore.from(file.toAbsolutePath()));
      return ExitCode.DONE;
    } catch (ConfigurationFault e) {
      System.err.println(CommandFailure.of(e).getMessage());
      return ExitCode.CONFIGURATION;
    } catch (StartFailure e) {
      System.err.println("Nothing was restored: " + e.getMessage());
      return ExitCode.ENVIRONMENT;
    } catch (CommandFailure e) {
      System.err.println(e.getMessage());
      return e.exitCode();
    }
  }

  private void show(Restore.Restored restored) {
    out.printf("Restored the ledger from %s.%n", file);
    if (restored.aside() != null) {
      out.printf("The one that was there is now %s.%n", restored.aside());
    }
    if (!restored.answered().isEmpty()) {
      out.printf(
          "Open in it, but answered after the backup: %s. Unless you want them sent again: cancel"
              + " each.%n",
          String.join("; ", restored.answered()));
    }
    if (!restored.ended().isEmpty()) {
      out.printf(
          "Ended, as their bytes are neither in spool nor in archive: %s. Drop them again if they"
              + " are still wanted.%n",
          String.join("; ", restored.ended()));
    }
    out.println(
        "Delivery is paused. Now: start it, look at status, drop the newest export of each feed"
            + " again, then resume.");
  }
}
