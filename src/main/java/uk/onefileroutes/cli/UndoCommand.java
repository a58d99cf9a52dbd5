package uk.onefileroutes.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.ConfigurationParts;
import uk.onefileroutes.derived.Undone;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Refused;

/** {@code undo}: slots get back what they held before a file. */
@Command(
    name = "undo",
    mixinStandardHelpOptions = true,
    description = {
      "Gives the slots that a file changed back what they held before.",
      "A file is made for it that is planned, held and sent as any, and can be undone itself. What a newer",
      "file owns is kept; what was empty can't be given back, for Onefile has no unassign: both are listed."
    })
final class UndoCommand extends OperationsCommand {
  @Parameters(paramLabel = "FILE", description = "Its number or name, as status shows them.")
  private String file = "";

  @Option(names = "--dry-run", description = "Say what would happen, as plan does; send nothing.")
  private boolean dryRun;

  @Override
  String fileMeant() {
    return file;
  }

  @Override
  Answer ask(Operations operations) throws Refused, ConfigurationFault {
    Operations.Undo undo = operations.undo(file, dryRun);
    String plan =
        undo.plan() == null
            ? ""
            : "%n".formatted() + new PlanText(ConfigurationParts.zone(folders())).of(undo.plan());
    return new Answer(undo, undo.message() + stays(undo) + plan.stripTrailing(), ExitCode.DONE);
  }

  private static String stays(Operations.Undo undo) {
    return listed(undo.stays(), "kept", "Kept, for a newer file owns the slot", undo.slots().kept())
        + listed(
            undo.stays(),
            "cannot",
            "Not given back; look at these in Onefile by hand",
            undo.slots().cannot());
  }

  private static String listed(List<Undone.Stays> stays, String word, String heading, long amount) {
    List<Undone.Stays> same = stays.stream().filter(each -> each.undo().equals(word)).toList();
    if (same.isEmpty()) {
      return "";
    }
    String rest =
        amount > same.size()
            ? "  ... and %,d more, in the results%n".formatted(amount - same.size())
            : "";
    return "%n%n%s%n".formatted(heading)
        + (same.stream()
                    .map(
                        each ->
                            "  = row %d, learner %d, %s: %d. %s%n"
                                .formatted(
                                    each.row(),
                                    each.learner(),
                                    each.slot(),
                                    each.assignee(),
                                    each.reason()))
                    .collect(Collectors.joining())
                + rest)
            .stripTrailing();
  }
}
