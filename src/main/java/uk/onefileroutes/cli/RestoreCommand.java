package uk.onefileroutes.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.ConfigurationParts;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.runtime.Restore;
import uk.onefileroutes.runtime.StartFailure;
import uk.onefileroutes.shown.Causes;

/** {@code restore}: a backup in the place of the ledger. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a backup in the place of the embedded ledger; only while no instance runs.",
      "The ledger that is there is renamed. Afterwards nothing is sent until resume, and the next",
      "full export is sent again, every row of it: a backup knows nothing of what came after it."
    })
final class RestoreCommand extends AnsweringCommand {
  @Parameters(paramLabel = "FILE", description = "A ZIP file of backup/ in the data folder.")
  private Path file = Path.of("");

  /** As {@link Restore.Restored}, in words of JSON. */
  private record RestoredNow(
      String from, @Nullable String aside, List<String> answered, List<String> ended) {}

  @Override
  Answer answer() throws Refused, ConfigurationFault {
    Folders folders = folders();
    if (RunningInstance.find(folders).isPresent()) {
      throw new Refused(
          new Refusal(
              Code.RUNNING,
              "An instance runs on this data folder.",
              "Stop it first; nothing was changed."));
    }
    Restore restore =
        new Restore(
            ConfigurationParts.ledger(folders),
            folders.data(),
            PaceTime.system(),
            ConfigurationParts.zone(folders));
    try {
      Restore.Restored restored = restore.from(file.toAbsolutePath());
      return new Answer(
          new RestoredNow(
              file.toString(),
              restored.aside() == null ? null : restored.aside().toString(),
              restored.answered(),
              restored.ended()),
          text(restored),
          ExitCode.DONE);
    } catch (StartFailure e) {
      throw new Refused(Code.FAILED, "Nothing was restored: " + Causes.words(e));
    }
  }

  private String text(Restore.Restored restored) {
    StringBuilder text = new StringBuilder("Restored the ledger from %s.%n".formatted(file));
    if (restored.aside() != null) {
      text.append("The one that was there is now %s.%n".formatted(restored.aside()));
    }
    if (!restored.answered().isEmpty()) {
      text.append(
          ("Open in it, but answered after the backup: %s. Unless you want them sent again: cancel"
                  + " each.%n")
              .formatted(String.join("; ", restored.answered())));
    }
    if (!restored.ended().isEmpty()) {
      text.append(
          ("Ended, as their bytes are neither in spool nor in archive: %s. Drop them again if they"
                  + " are still wanted.%n")
              .formatted(String.join("; ", restored.ended())));
    }
    return text.append(
            "Delivery is paused. Now: start it, look at status, drop the newest export of each feed"
                + " again, then resume.")
        .toString();
  }
}
