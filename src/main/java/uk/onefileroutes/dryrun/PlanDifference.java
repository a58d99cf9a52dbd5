package uk.onefileroutes.dryrun;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.dryrun.PlanFile.Line;

/**
 * How what a file would send now differs from what was reviewed.
 *
 * @param more rows that would be sent now only
 * @param fewer rows that would not be sent any more
 * @param otherwise rows that would be sent, and to a slot that holds somebody else now
 * @param examples the first of them
 */
public record PlanDifference(long more, long fewer, long otherwise, List<String> examples) {
  private static final int SHOWN = 3;
  private static final Comparator<Line> ORDER =
      Comparator.comparingLong(Line::row).thenComparingInt(Line::part);

  public PlanDifference {
    examples = List.copyOf(examples);
  }

  /** Compares two plans of one file, each in the order of its rows. Pure. */
  static PlanDifference of(Iterator<Line> reviewed, Iterator<Line> now) {
    long more = 0;
    long fewer = 0;
    long otherwise = 0;
    List<String> examples = new ArrayList<>();
    @Nullable Line before = next(reviewed);
    @Nullable Line after = next(now);
    while (before != null || after != null) {
      int order = before == null ? 1 : after == null ? -1 : ORDER.compare(before, after);
      String example = "";
      if (order < 0 && before != null) {
        fewer++;
        example = words(before) + " not any more";
      } else if (order > 0 && after != null) {
        more++;
        example = words(after) + " now too";
      } else if (before != null && after != null && !before.change().equals(after.change())) {
        otherwise++;
        example = words(before) + " was reviewed, now " + held(after);
      }
      if (!example.isEmpty() && examples.size() < SHOWN) {
        examples.add(example);
      }
      before = order <= 0 ? next(reviewed) : before;
      after = order >= 0 ? next(now) : after;
    }
    return new PlanDifference(more, fewer, otherwise, examples);
  }

  private static @Nullable Line next(Iterator<Line> lines) {
    return lines.hasNext() ? lines.next() : null;
  }

  private static String words(Line line) {
    return "row %d, learner %d, %s: %s"
        .formatted(line.row(), line.change().learner(), line.change().slot(), held(line));
  }

  private static String held(Line line) {
    Long from = line.change().from();
    return "%s -> %d".formatted(from == null ? "nobody known" : from, line.change().to());
  }

  @Override
  public String toString() {
    return "%,d more, %,d not any more, %,d otherwise (%s)"
        .formatted(more, fewer, otherwise, String.join("; ", examples));
  }
}
