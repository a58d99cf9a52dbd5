package uk.onefileroutes.process;

import static uk.onefileroutes.table.TestWorkbook.row;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import uk.onefileroutes.simulator.Person;
import uk.onefileroutes.table.TestWorkbook;

/**
 * The exports of one sender, night after night: nearly all rows are those of the last one, some ask
 * for somebody else, some are new, some are gone and some are invalid. Knows what each row must be
 * answered with, as long as a file is answered before the next one is made.
 */
final class SoakFiles {
  private static final int LEARNERS = 4000;
  private static final int NEW_EACH = 2;
  private static final int CHANGED_OF_A_HUNDRED = 2;
  private static final int INVALID_EACH = 60;

  private static final String IDS = "learner_id,role,kind,assignee_id,standard_id,unit_id";
  private static final String REFERENCES =
      "learner_misid,role,kind,assignee_misid,standard_id,unit_id";

  private final String sender;
  private final SoakFile.Format format;
  private final int firstLearner;
  private final boolean byReference;
  private final int rows;
  private final Random random;
  private final Map<String, Integer> held = new HashMap<>();
  private int made;

  /**
   * @param firstLearner its learners are so many from here on, and nobody else's
   * @param byReference whether people are named by their MIS values
   * @param rows in each file
   */
  SoakFiles(
      String sender, SoakFile.Format format, int firstLearner, boolean byReference, int rows) {
    this.sender = sender;
    this.format = format;
    this.firstLearner = firstLearner;
    this.byReference = byReference;
    this.rows = rows;
    this.random = new Random(firstLearner);
  }

  /** The people that it names: learners, then six for each role. */
  List<Person> people(int organisation) {
    List<Person> people = new ArrayList<>();
    IntStream.range(0, LEARNERS)
        .forEach(i -> people.add(person(firstLearner + i, 1, organisation)));
    for (int role : new int[] {5, 10, 40, 45}) {
      IntStream.range(0, 6).forEach(i -> people.add(person(staff(role) + i, role, organisation)));
    }
    return people;
  }

  private static Person person(int id, int role, int organisation) {
    return Person.of(id, role, organisation).with(Person.Names.of("M" + id, null));
  }

  private int staff(int role) {
    return firstLearner + LEARNERS + role * 10;
  }

  /** The next one. */
  SoakFile next() {
    List<String> states = new ArrayList<>();
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of((byReference ? REFERENCES : IDS).split(",", -1)));
    for (int i = 0; i < rows; i++) {
      int learner = firstLearner + (made * NEW_EACH + i) % LEARNERS;
      if (i % INVALID_EACH == 1) {
        lines.add(List.of(name(learner), "cook", "default", name(staff(5)), "", ""));
        states.add("invalid");
      } else {
        lines.add(line(learner, states));
      }
    }
    made++;
    return write("%s-%05d".formatted(sender, made), lines, states);
  }

  private List<String> line(int learner, List<String> states) {
    return switch (learner % 5) {
      case 0 -> line(learner, "assessor", 5, "default", "", "", states);
      case 1 -> line(learner, "employer", 40, "default", "", "", states);
      case 2 -> line(learner, "assessor", 5, "learning-aim", "77", "", states);
      case 3 -> line(learner, "iqa", 10, "unit-summary", "", "KS_COMM1", states);
      default -> line(learner, "observer", 45, "additional", "", "", states);
    };
  }

  private List<String> line(
      int learner,
      String role,
      int roleNumber,
      String kind,
      String standard,
      String unit,
      List<String> states) {
    String last = "last/" + learner;
    Integer before = held.get(last);
    boolean isOther = before == null || random.nextInt(100) < CHANGED_OF_A_HUNDRED;
    int assignee = isOther ? staff(roleNumber) + random.nextInt(6) : before;
    held.put(last, assignee);
    // what is additional replaces nothing
    String slot = "slot/" + learner + (kind.equals("additional") ? "/" + assignee : "");
    Integer replaced = held.put(slot, assignee);
    states.add(replaced != null && replaced == assignee ? "unchanged" : "sent");
    return List.of(name(learner), role, kind, name(assignee), standard, unit);
  }

  private String name(int id) {
    return byReference ? "M" + id : Integer.toString(id);
  }

  private SoakFile write(String name, List<List<String>> lines, List<String> states) {
    return switch (format) {
      case CSV ->
          SoakFile.text(
              name,
              format,
              lines.stream()
                  .map(cells -> String.join(",", cells))
                  .collect(Collectors.joining("\n", "", "\n")),
              states);
      case JSON ->
          SoakFile.text(
              name,
              format,
              lines.stream()
                  .skip(1)
                  .map(cells -> object(lines.get(0), cells))
                  .collect(Collectors.joining(",\n", "[", "]")),
              states);
      case XLSX -> workbook(name, lines, states);
    };
  }

  private static String object(List<String> names, List<String> cells) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> "\"%s\":\"%s\"".formatted(names.get(i), cells.get(i)))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static SoakFile workbook(String name, List<List<String>> lines, List<String> states) {
    String cells =
        lines.stream().map(line -> row(line.toArray(String[]::new))).collect(Collectors.joining());
    try {
      return new SoakFile(name, SoakFile.Format.XLSX, TestWorkbook.of(cells).bytes(), states);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int columns() {
    return IDS.split(",", -1).length;
  }

  /** The states in results, in the order of the rows. */
  static List<String> states(byte[] results) {
    return new String(results, StandardCharsets.UTF_8)
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1)[columns() + 1])
        .toList();
  }
}
