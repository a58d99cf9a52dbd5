package uk.onefileroutes.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import uk.onefileroutes.process.ChaosRow.Ask;
import uk.onefileroutes.process.ChaosRow.Meaning;
import uk.onefileroutes.process.ChaosRow.Slot;

/** Makes files of random rows: all kinds and roles, few enough slots to meet again. */
final class ChaosFiles {
  /** Feeds of any files. */
  static final List<String> FEEDS = List.of("inbox", "second");

  /** A feed whose first file is held. */
  static final String CHECKED = "checked";

  static final List<String> ALL_FEEDS = List.of("inbox", "second", CHECKED);

  /** What the sender of the held file gets first. */
  static final String HELD_ANSWER = "held.results.csv";

  /** Asked for by the held file and one before it only, one slot each. */
  private static final int FIRST_CHECKED = ChaosPeople.FIRST_LEARNER + 500;

  /** Asked for by no other files, so that only A, B, A decide what they hold. */
  static final int FIRST_OF_THREE = ChaosPeople.FIRST_LEARNER + ChaosPeople.LEARNERS - 6;

  private final Random random;
  private final int learners;
  private int notes;

  ChaosFiles(Random random, int learners) {
    this.random = random;
    this.learners = learners;
  }

  ChaosFile file(String name, int size) {
    List<ChaosRow> rows = new ArrayList<>();
    while (rows.size() < size) {
      if (!rows.isEmpty() && random.nextInt(12) == 0) {
        rows.add(rows.get(random.nextInt(rows.size()))); // the same again
      } else if (random.nextInt(10) == 0) {
        int learner = learner();
        ChaosRow employed = additional(learner, "employer", one(ChaosPeople.EMPLOYERS));
        ChaosRow standard = defaults(learner, "employer", one(ChaosPeople.EMPLOYERS));
        rows.add(random.nextBoolean() ? employed : standard);
        rows.add(rows.get(rows.size() - 1).equals(employed) ? standard : employed);
      } else {
        rows.add(row());
      }
    }
    return new ChaosFile(one(FEEDS), name + ".csv", List.copyOf(rows));
  }

  /** A file with two rows for the learner whom Onefile can't digest. */
  ChaosFile poisoned(ChaosFile file) {
    List<ChaosRow> rows = new ArrayList<>(file.rows());
    rows.add(defaults(ChaosPeople.POISON, "assessor", one(ChaosPeople.ASSESSORS)));
    rows.add(defaults(ChaosPeople.POISON, "employer", one(ChaosPeople.EMPLOYERS)));
    return new ChaosFile(file.feed(), file.name(), List.copyOf(rows));
  }

  /** A file that asks for others in the place of those in the last rows of an earlier one. */
  ChaosFile otherwise(String name, ChaosFile earlier, int rows) {
    List<ChaosRow> others = new ArrayList<>();
    earlier.rows().subList(earlier.rows().size() - rows, earlier.rows().size()).stream()
        .map(ChaosRow::ask)
        .filter(Objects::nonNull)
        .filter(ask -> ask.slot().what().equals("default/assessor"))
        .map(ask -> defaults(ask.slot().learner(), "assessor", another(ask.assignee())))
        .forEach(others::add);
    return new ChaosFile(earlier.feed(), name + ".csv", List.copyOf(others));
  }

  private static int another(int assessor) {
    int index = ChaosPeople.ASSESSORS.indexOf(assessor);
    return ChaosPeople.ASSESSORS.get((index + 1) % ChaosPeople.ASSESSORS.size());
  }

  /** Three files that ask A, then B, then A again, the last equal to the first byte for byte. */
  List<ChaosFile> changingTheirMind() {
    String feed = one(FEEDS);
    ChaosFile first = new ChaosFile(feed, "mind-a.csv", minds(0));
    ChaosFile second = new ChaosFile(feed, "mind-b.csv", minds(1));
    String again = random.nextBoolean() ? first.name() : "mind-a-again.csv";
    return List.of(first, second, first.named(feed, again));
  }

  /** A file, and one that replaces whom it asks for, adds others, and will be held. */
  List<ChaosFile> beforeAndHeld() {
    ChaosFile before = new ChaosFile("inbox", "before.csv", checked(12, 0));
    return List.of(before, new ChaosFile(CHECKED, "held.csv", checked(24, 1)));
  }

  private List<ChaosRow> checked(int rows, int which) {
    return IntStream.range(0, rows)
        .mapToObj(i -> defaults(FIRST_CHECKED + i, "assessor", ChaosPeople.ASSESSORS.get(which)))
        .toList();
  }

  private List<ChaosRow> minds(int which) {
    List<ChaosRow> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int learner = FIRST_OF_THREE + i;
      rows.add(defaults(learner, "assessor", ChaosPeople.ASSESSORS.get(which)));
      rows.add(aim(learner, "iqa", ChaosPeople.IQAS.get(which), 77));
    }
    return rows;
  }

  private ChaosRow row() {
    int learner = learner();
    return switch (random.nextInt(16)) {
      case 0, 1 -> defaults(learner, "assessor", one(ChaosPeople.ASSESSORS));
      case 2, 3 -> defaults(learner, "employer", one(ChaosPeople.EMPLOYERS));
      case 4, 5 -> aim(learner, "assessor", one(ChaosPeople.ASSESSORS), 77 + random.nextInt(2));
      case 6 -> aim(learner, "iqa", one(ChaosPeople.IQAS), 77);
      case 7 -> unit(learner, "assessor", one(ChaosPeople.ASSESSORS), "KS_COMM1");
      case 8 -> unit(learner, "iqa", one(ChaosPeople.IQAS), "901");
      case 9 -> additional(learner, "assessor", one(ChaosPeople.ASSESSORS));
      case 10 -> additional(learner, "iqa", one(ChaosPeople.IQAS));
      case 11 -> additional(learner, "observer", one(ChaosPeople.OBSERVERS));
      case 12 -> stranger(learner);
      case 13 -> invalid(learner);
      case 14 -> ignored(learner);
      default -> defaults(learner, "assessor", one(ChaosPeople.ASSESSORS));
    };
  }

  private ChaosRow defaults(int learner, String role, int assignee) {
    return asks(learner, role, "default", assignee, ",,", "default/" + role);
  }

  private ChaosRow aim(int learner, String role, int assignee, int standard) {
    String what = "learning-aim/" + standard + "/" + role;
    return asks(learner, role, "learning-aim", assignee, "," + standard + ",", what);
  }

  private ChaosRow unit(int learner, String role, int assignee, String unit) {
    String what = "unit-summary/" + unit + "/" + role;
    return asks(learner, role, "unit-summary", assignee, ",," + unit, what);
  }

  private ChaosRow additional(int learner, String role, int assignee) {
    return asks(learner, role, "additional", assignee, ",,", "additional/" + assignee);
  }

  /** Somebody whom Onefile does not know. */
  private ChaosRow stranger(int learner) {
    ChaosRow row = additional(learner, "observer", ChaosPeople.STRANGER);
    return new ChaosRow(row.line(), Meaning.REFUSED, row.ask());
  }

  private ChaosRow invalid(int learner) {
    String cells =
        switch (random.nextInt(5)) {
          case 0 -> learner + ",iqa,default," + one(ChaosPeople.IQAS) + ",,";
          case 1 -> learner + ",assessor,learning-aim," + one(ChaosPeople.ASSESSORS) + ",,";
          case 2 -> learner + ",assessor,default," + learner + ",,";
          case 3 -> "0" + learner + ",assessor,default," + one(ChaosPeople.ASSESSORS) + ",,";
          default -> learner + ",assessor,default,,,";
        };
    return new ChaosRow(cells + rest("active"), Meaning.INVALID, null);
  }

  private ChaosRow ignored(int learner) {
    String line =
        random.nextBoolean()
            ? ",,,,,,,"
            : learner + ",assessor,default," + one(ChaosPeople.ASSESSORS) + ",," + rest("left");
    return new ChaosRow(line, Meaning.IGNORED, null);
  }

  private ChaosRow asks(
      int learner, String role, String kind, int assignee, String target, String what) {
    String line = learner + "," + role + "," + kind + "," + assignee + target + rest("active");
    Meaning meaning = learner == ChaosPeople.UNWANTED ? Meaning.REFUSED : Meaning.ASKS;
    return new ChaosRow(line, meaning, new Ask(new Slot(learner, what), assignee));
  }

  private String rest(String status) {
    return "," + status + ",note " + ++notes;
  }

  private int learner() {
    return ChaosPeople.FIRST_LEARNER + random.nextInt(learners);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
