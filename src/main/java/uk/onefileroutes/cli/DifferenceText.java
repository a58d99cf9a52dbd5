package uk.onefileroutes.cli;

import java.util.List;
import uk.onefileroutes.dryrun.ExportDifference;

/** The difference of two exports as text for a terminal. */
final class DifferenceText {
  private DifferenceText() {}

  static String of(ExportDifference found) {
    ExportDifference.Slots slots = found.slots();
    StringBuilder text = new StringBuilder();
    text.append(
        "%s against %s, by feed %s. Nothing is sent, nothing is recorded.%n"
            .formatted(found.file(), found.against(), found.feed()));
    list(text, "Added", '+', found.lists().added(), slots.added());
    list(text, "Changed", '~', found.lists().changed(), slots.changed());
    list(text, "Gone", '-', found.lists().gone(), slots.gone());
    return text.append(
            "%nDifference: %,d added, %,d changed, %,d gone, %,d alike; %,d invalid rows, %,d before."
                .formatted(
                    slots.added(),
                    slots.changed(),
                    slots.gone(),
                    slots.alike(),
                    slots.invalid(),
                    slots.invalidBefore()))
        .toString();
  }

  private static void list(
      StringBuilder text,
      String heading,
      char sign,
      List<ExportDifference.Slot> named,
      long amount) {
    if (named.isEmpty()) {
      return;
    }
    text.append("%n%s%n".formatted(heading));
    for (ExportDifference.Slot slot : named) {
      String who =
          slot.from() != null && slot.to() != null
              ? slot.from() + " -> " + slot.to()
              : String.valueOf(slot.to() == null ? slot.from() : slot.to());
      text.append(
          "  %s row %d, learner %d, %s: %s%n"
              .formatted(sign, slot.row(), slot.learner(), slot.slot(), who));
    }
    if (amount > named.size()) {
      text.append("  ... and %,d more%n".formatted(amount - named.size()));
    }
  }
}
