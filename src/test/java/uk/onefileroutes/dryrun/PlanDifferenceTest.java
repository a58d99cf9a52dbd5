package uk.onefileroutes.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.dryrun.PlanFile.Change;
import uk.onefileroutes.dryrun.PlanFile.Line;

/** How two plans of one file differ. */
class PlanDifferenceTest {

  /** Of each of three rows: not there, as it was, or otherwise; before and now. */
  @Test
  void eachRowIsCountedOnce() {
    for (int i = 0; i < 729; i++) {
      int[] rows = {i % 3, i / 3 % 3, i / 9 % 3, i / 27 % 3, i / 81 % 3, i / 243 % 3};
      List<Line> before = new ArrayList<>();
      List<Line> now = new ArrayList<>();
      long more = 0;
      long fewer = 0;
      long otherwise = 0;
      for (int row = 0; row < 3; row++) {
        int was = rows[row];
        int is = rows[row + 3];
        if (was > 0) {
          before.add(line(row + 1, was));
        }
        if (is > 0) {
          now.add(line(row + 1, is));
        }
        more += was == 0 && is > 0 ? 1 : 0;
        fewer += was > 0 && is == 0 ? 1 : 0;
        otherwise += was > 0 && is > 0 && was != is ? 1 : 0;
      }
      PlanDifference difference = PlanDifference.of(before.iterator(), now.iterator());
      assertThat(List.of(difference.more(), difference.fewer(), difference.otherwise()))
          .as("%s and %s", before, now)
          .isEqualTo(List.of(more, fewer, otherwise));
      assertThat(difference.examples()).hasSize((int) (more + fewer + otherwise));
    }
  }

  @Test
  void itIsSaidInFiguresAndExamples() {
    List<Line> before = List.of(line(1, 1), line(2, 1), line(4, 1));
    List<Line> now =
        List.of(
            line(1, 1),
            new Line(2, 0, new Change(2, "default/assessor", 9L, 7), "assessor"),
            new Line(3, 0, new Change(3, "learning-aim/5/iqa", null, 7), "iqa"));
    assertThat(PlanDifference.of(before.iterator(), now.iterator()))
        .hasToString(
            "1 more, 1 not any more, 1 otherwise (row 2, learner 2, default/assessor: 1 -> 7 was"
                + " reviewed, now 9 -> 7; row 3, learner 3, learning-aim/5/iqa: nobody known -> 7 now"
                + " too; row 4, learner 4, default/assessor: 1 -> 7 not any more)");
  }

  @Test
  void partsOfARowAreApart() {
    Line first = new Line(1, 0, new Change(1, "default/assessor", 1L, 7), "assessor");
    Line second = new Line(1, 1, new Change(1, "default/employer", 1L, 8), "employer");
    PlanDifference difference =
        PlanDifference.of(List.of(second).iterator(), List.of(first, second).iterator());
    assertThat(difference.more()).isEqualTo(1);
    assertThat(difference.fewer() + difference.otherwise()).isZero();
  }

  private static Line line(int row, long from) {
    return new Line(row, 0, new Change(row, "default/assessor", from, 7), "assessor");
  }
}
