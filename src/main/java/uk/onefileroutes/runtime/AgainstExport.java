package uk.onefileroutes.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.ledger.Slots.OfLearner;
import uk.onefileroutes.management.HeldDefaults;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.shown.Shown;
import uk.onefileroutes.table.UnreadableFile;
import uk.onefileroutes.verification.ExportComparison;
import uk.onefileroutes.verification.Report;

/** Compares the ledger with an export of Onefile, by a file of this machine and without a call. */
public final class AgainstExport {
  private AgainstExport() {}

  /**
   * Compares all default assessors and employers.
   *
   * @param operations tells what the ledger says, page by page
   * @throws Refused if the export can't be read
   * @throws IOException the same for a reason of the disk
   */
  public static Report compare(Operations operations, Path file, InstantSource clock)
      throws Refused, IOException {
    UserExport export = read(file);
    ExportComparison comparison =
        new ExportComparison(Shown.line(String.valueOf(file.getFileName())), clock.instant());
    long after = 0;
    for (List<HeldDefaults> page = operations.held(after);
        !page.isEmpty();
        page = operations.held(after)) {
      for (HeldDefaults held : page) {
        comparison.add(held.learner(), defaults(held), export.of(held.learner()));
        after = held.learner();
      }
    }
    return comparison.report(clock.instant());
  }

  private static UserExport read(Path file) throws Refused, IOException {
    try {
      return UserExport.read(file);
    } catch (UnreadableFile e) {
      if (e.code() == FileCode.NO_HEADER || e.code() == FileCode.MISSING_COLUMN) {
        throw new Refused(
            new Refusal(
                Code.INVALID,
                "%s has no column %s.".formatted(file.getFileName(), UserExport.USER),
                "Name an export of Onefile's users, with DefaultAssessor or DefaultEmployer too."));
      }
      throw new Refused(Code.INVALID, String.valueOf(e.getMessage()));
    }
  }

  private static OfLearner defaults(HeldDefaults held) {
    return new OfLearner(
        held.slots().stream()
            .map(slot -> ExportComparison.held(slot.slot(), slot.assignee(), slot.keptFor()))
            .toList(),
        held.isSending());
  }
}
