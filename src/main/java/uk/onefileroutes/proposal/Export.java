package uk.onefileroutes.proposal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Column;
import uk.onefileroutes.proposal.Meaning.What;

/**
 * What is known of an export.
 *
 * @param delimiter where it is none that a feed finds out by itself; else null
 * @param headers as the sender wrote them
 * @param rows the first rows, or all of them
 */
public record Export(@Nullable Character delimiter, List<String> headers, List<List<String>> rows) {
  private static final String NUMBER = "[0-9.,/:+() -]*[0-9][0-9.,/:+() -]*";

  public Export {
    headers = List.copyOf(headers);
    rows = List.copyOf(rows);
  }

  /**
   * How much a record looks like a header: how many of its cells say something that feeds know. 0
   * where one of them is an e-mail address or a number, as cells of rows are, or where no two say
   * anything.
   */
  public static int score(List<String> cells) {
    int known = 0;
    for (String cell : cells) {
      if (ColumnContent.isEmail(cell) || cell.matches(NUMBER)) {
        return 0;
      }
      Meaning meaning = Meaning.of(cell);
      known += meaning.what() == What.NOTHING ? 0 : meaning.builtIn() == null ? 1 : 2;
    }
    return known < 2 ? 0 : known;
  }

  /** Its columns; of those with the same name none, as a feed can't tell them apart. */
  List<Candidate> candidates() {
    List<String> names = headers.stream().map(Column::comparable).toList();
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < headers.size(); i++) {
      if (names.get(i).isEmpty()
          || names.indexOf(names.get(i)) != names.lastIndexOf(names.get(i))) {
        continue;
      }
      ColumnContent cells = new ColumnContent();
      for (List<String> row : rows) {
        cells.add(i < row.size() ? row.get(i) : "");
      }
      candidates.add(Candidate.of(headers.get(i), cells));
    }
    return candidates;
  }
}
