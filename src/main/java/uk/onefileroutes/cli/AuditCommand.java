package uk.onefileroutes.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.onefileroutes.management.AuditControl.EntryNow;
import uk.onefileroutes.management.DeliveryControl;
import uk.onefileroutes.management.Journal;

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

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  int ask(Operations operations) throws CommandFailure {
    if (last < 1 || last > 10_000) {
      throw new CommandFailure(ExitCode.CONFIGURATION, "--last is a number from 1 to 10000.");
    }
    List<EntryNow> entries = operations.audit(last);
    if (json) {
      out.println(DeliveryControl.json(entries));
    } else if (entries.isEmpty()) {
      out.println("Nobody did anything yet.");
    } else {
      entries.forEach(this::print);
    }
    return ExitCode.DONE;
  }

  private void print(EntryNow entry) {
    out.printf(
        "%s  %s by %s: %s, %s%n    before: %s%n    after:  %s%n",
        entry.at(),
        entry.who(),
        entry.way(),
        entry.action(),
        Journal.oneLine(entry.subject()),
        Journal.oneLine(entry.before()),
        after(entry.after()));
  }

  private static String after(@Nullable String after) {
    return after == null ? "not over yet, or cut off" : Journal.oneLine(after);
  }
}
