package uk.onefileroutes.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.onefileroutes.management.AuditControl.EntryNow;
import uk.onefileroutes.management.AuditTrail;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;

/** {@code audit}: what people did. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what people did, newest first.",
      "Each entry says who and by which way, when, what, and how things stood before and after."
    })
final class AuditCommand extends OperationsCommand {
  @Option(names = "--last", paramLabel = "N", description = "So many (default: ${DEFAULT-VALUE}).")
  private int last = 20;

  @Override
  boolean isOfLedger() {
    return true;
  }

  @Override
  Answer ask(Operations operations) throws Refused {
    if (last < 1 || last > 10_000) {
      throw new Refused(Code.USAGE, "--last is a number from 1 to 10000.");
    }
    List<EntryNow> entries = operations.audit(last);
    String text =
        entries.isEmpty()
            ? "Nobody did anything yet."
            : entries.stream().map(AuditCommand::text).collect(Collectors.joining());
    return new Answer(entries, text, ExitCode.DONE);
  }

  private static String text(EntryNow entry) {
    return "%s  %s by %s: %s, %s%n    before: %s%n    after:  %s%n"
        .formatted(
            entry.at(),
            entry.who(),
            entry.way(),
            entry.action(),
            AuditTrail.oneLine(entry.subject()),
            AuditTrail.oneLine(entry.before()),
            after(entry.after()));
  }

  private static String after(@Nullable String after) {
    return after == null ? "not over yet, or cut off" : AuditTrail.oneLine(after);
  }
}
