package uk.onefileroutes.ledger;

import java.util.Map;

/**
 * What is kept of a file for comparing the next one with it.
 *
 * @param isSnapshot whether it names all that is assigned: only then what it does not name is gone
 * @param hasLineEnd whether its last record had a line end
 * @param records rows that ask for something and whose cells could be read
 * @param filled in how many of these each column that is read was filled, by the column's name
 */
public record FileFigures(
    boolean isSnapshot, boolean hasLineEnd, long records, Map<String, Long> filled) {
  public FileFigures {
    filled = Map.copyOf(filled);
  }
}
