package uk.onefileroutes.dryrun;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.ledger.DryRunRows;
import uk.onefileroutes.ledger.Sha256;

/**
 * What a dry run would send, a line each in the order of its rows, and the digest over it. Ids
 * only. Read and written line by line, for there may be a million.
 *
 * @param digest over learner, slot, who is there and who would be, of all lines in their order
 */
public record PlanFile(Path place, String digest) {
  private static final int DIGEST_BYTES = 8;
  private static final String NOBODY = "-";

  /**
   * What would be sent for a row.
   *
   * @param role the role's word
   */
  public record Line(long row, int part, Change change, String role) {
    static Line of(String text) {
      String[] words = text.split(" ", -1);
      return new Line(
          Long.parseLong(words[0]),
          Integer.parseInt(words[1]),
          new Change(
              Long.parseLong(words[2]),
              words[3],
              words[4].equals(NOBODY) ? null : Long.valueOf(words[4]),
              Long.parseLong(words[5])),
          words[6]);
    }
  }

  /**
   * What becomes of a slot.
   *
   * @param from whom it is known to hold; null where that is not known
   */
  public record Change(long learner, String slot, @Nullable Long from, long to) {
    /** Whether it is not known to replace anybody. */
    public boolean isAdd() {
      return from == null;
    }

    @Override
    public String toString() {
      return "%d %s %s %d".formatted(learner, slot, from == null ? NOBODY : from, to);
    }
  }

  /** Takes lines one by one. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Iterator<Line> lines) throws IOException;
  }

  /** Writes down what would be sent. */
  static PlanFile write(Iterator<DryRunRows.PlannedRow> rows, Path place) throws IOException {
    MessageDigest digest = Sha256.begin();
    try (BufferedWriter to = Files.newBufferedWriter(place)) {
      while (rows.hasNext()) {
        DryRunRows.PlannedRow planned = rows.next();
        DryRunRows.Ask ask = planned.ask();
        if (ask != null && ask.request() != null) {
          Change change = new Change(ask.learner(), ask.slot(), ask.held(), ask.assignee());
          digest.update((change + "\n").getBytes(StandardCharsets.UTF_8));
          to.write(
              "%d %d %s %s\n"
                  .formatted(
                      planned.row().row(), planned.row().part(), change, ask.request().role()));
        }
      }
    }
    return new PlanFile(place, HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES));
  }

  /** Reads it from its beginning. */
  public <T> T read(Reader<T> reader) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(place)) {
      return reader.read(lines.lines().map(Line::of).iterator());
    }
  }

  /** How this differs from what was reviewed. */
  public PlanDifference since(PlanFile reviewed) throws IOException {
    return reviewed.read(before -> read(now -> PlanDifference.of(before, now)));
  }
}
