package uk.onefileroutes.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Operations.LeftAssignment;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.shown.Causes;

/** {@code leavers}: what is to be assigned to others, as a feed file. */
@Command(
    name = "leavers",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what assignees held who are archived or no longer listed by Onefile, and nobody is known",
      "to hold since. With --out it is written as a feed file without assignees, to be filled in and",
      "dropped. Sends nothing; ids only."
    })
final class LeaversCommand extends OperationsCommand {
  private static final String HEADER =
      "learner_id,kind,role,assignee_id,standard_id,unit_id,left_assignee_id";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write a feed file into this new file.")
  private @Nullable Path out;

  @Override
  Answer ask(Operations operations) throws Refused {
    OutFile.refuseExisting(out);
    List<LeftAssignment> left = operations.leavers();
    String text = left.isEmpty() ? "Nothing is left of anybody who left." : table(left);
    if (out != null && !left.isEmpty()) {
      write(out, file(left));
      text =
          "Wrote %,d %s to %s. Fill in assignee_id, take out what is not to be assigned, and drop it."
              .formatted(left.size(), left.size() == 1 ? "row" : "rows", out);
    }
    return new Answer(left, text, ExitCode.DONE);
  }

  private static String table(List<LeftAssignment> left) {
    String line = "%-12s %-12s %-13s %-9s %s%n";
    return line.formatted("who left", "learner", "kind", "role", "standard or unit")
        + left.stream()
            .map(
                each ->
                    line.formatted(
                            each.leftAssignee(),
                            each.learner(),
                            each.kind(),
                            each.role(),
                            text(each.standard()) + text(each.unit()))
                        .stripTrailing())
            .collect(Collectors.joining(System.lineSeparator()));
  }

  /** As a feed without any keys reads it. */
  static String file(List<LeftAssignment> left) {
    return left.stream()
        .map(
            each ->
                String.join(
                    ",",
                    Long.toString(each.learner()),
                    each.kind(),
                    each.role(),
                    "",
                    text(each.standard()),
                    text(each.unit()),
                    Long.toString(each.leftAssignee())))
        .collect(Collectors.joining("\n", HEADER + "\n", "\n"));
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }

  private static void write(Path out, String text) throws Refused {
    try {
      OutFile.write(out, text);
    } catch (IOException e) {
      throw new Refused(Code.FAILED, out + " can't be written: " + Causes.words(e));
    }
  }
}
