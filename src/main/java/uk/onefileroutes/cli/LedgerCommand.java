package uk.onefileroutes.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.runtime.LedgerMoving;
import uk.onefileroutes.runtime.StartFailure;

/** {@code ledger}: commands about where the ledger is kept. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description = "Where the ledger is kept: ledger move takes it to another database.",
    subcommands = LedgerCommand.Move.class)
final class LedgerCommand {

  /** {@code ledger move}: to another database, and back. */
  @Command(
      name = "move",
      mixinStandardHelpOptions = true,
      description = {
        "Moves the ledger of this configuration to another database; only while no instance runs.",
        "Copies all of it, reads the copy back and compares. The ledger that is there stays, but is",
        "not opened any more. If it is cut off, run it again. Ends with the keys to change."
      })
  static final class Move extends AnsweringCommand {
    @Option(
        names = "--to",
        required = true,
        paramLabel = "URL",
        description = {
          "As ledger.url: jdbc:postgresql://<host>:<port>/<database>, which must hold no ledger that",
          "was worked with; or embedded: the file in the data folder, which must not be there."
        })
    private String to = "";

    @Option(names = "--user", paramLabel = "NAME", description = "As ledger.user.")
    private String user = "";

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "As ledger.password-file.")
    private @Nullable Path passwordFile;

    /**
     * What was done, in words of JSON.
     *
     * @param keys lines of application.properties from now on; one without a value is removed
     */
    private record MovedNow(LedgerMoving.Moved moved, List<String> keys) {}

    @Override
    Answer answer() throws Refused, ConfigurationFault, StartFailure {
      Folders folders = folders();
      if (RunningInstance.find(folders).isPresent()) {
        throw new Refused(
            new Refusal(
                Code.RUNNING,
                "An instance runs with this configuration.",
                "Stop it first; nothing was changed."));
      }
      LedgerMoving.Target target =
          new LedgerMoving.Target(
              to, user, passwordFile == null ? null : passwordFile.toAbsolutePath().toString());
      try (Progress progress =
          new Progress("Rows written and read back", output().err(), Terminal.exists())) {
        LedgerMoving.Moved moved =
            new LedgerMoving(folders, target, PaceTime.system())
                .move((done, total) -> progress.show(done, total, null));
        return new Answer(new MovedNow(moved, keys(target)), text(moved, target), ExitCode.DONE);
      }
    }

    private static List<String> keys(LedgerMoving.Target target) {
      List<String> keys = new ArrayList<>();
      keys.add("ledger.url=" + (target.isEmbedded() ? "" : target.to()));
      keys.add("ledger.user=" + target.user());
      keys.add("ledger.password-file=" + Objects.requireNonNullElse(target.passwordFile(), ""));
      keys.add("ledger.password=");
      return keys;
    }

    private static String text(LedgerMoving.Moved moved, LedgerMoving.Target target) {
      StringBuilder text = new StringBuilder();
      text.append(
          moved.tables().isEmpty()
              ? "The ledger was copied before; what was left is done.%n".formatted()
              : "Copied %,d rows of %d tables, read them back and compared them: they are the same.%n"
                  .formatted(moved.rows(), moved.tables().size()));
      text.append("The ledger is now %s.%n".formatted(moved.to()));
      text.append("%s stays as it is, and is not opened any more.%n".formatted(moved.from()));
      text.append("Before the next start, in config/application.properties:%n".formatted());
      for (String key : keys(target)) {
        text.append(
            key.endsWith("=")
                ? "  remove %s%n".formatted(key.substring(0, key.length() - 1))
                : "  %s%n".formatted(key));
      }
      return text.toString();
    }
  }
}
