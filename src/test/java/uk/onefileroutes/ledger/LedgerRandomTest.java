package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random files, answers and restarts, compared step by step with a far side in memory and, at the
 * end, with the plain rule that the last row for a slot wins.
 */
class LedgerRandomTest {
  private static final int STEPS = 250;
  private static final int LEARNERS = 4;
  private static final List<String> SLOTS =
      List.of("default/assessor", "default/employer", "learning-aim/5/iqa", "unit-summary/U/iqa");

  private final Path folder;

  LedgerRandomTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private record Key(long learner, String slot) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void theLastAcceptedRowForASlotWinsWhateverHappens(long seed) {
    Random random = new Random(seed);
    try (LedgerFixture it = new LedgerFixture(folder)) {
      World world = new World(it, random);
      for (int step = 0; step < STEPS; step++) {
        world.step();
        it.checkTallies();
        world.checkLines();
      }
      world.drain();
      it.checkTallies();
      assertThat(it.lineCount()).isZero();
      assertThat(world.farSide).isEqualTo(world.expected);
      world.expected.forEach(
          (key, assignee) ->
              assertThat(it.slot(key.learner, key.slot)).isEqualTo(Long.toString(assignee)));
    }
  }

  /** The ledger, the far side, and what the last rows said. */
  private static final class World {
    private final LedgerFixture it;
    private final Random random;
    private final Map<Key, Long> farSide = new HashMap<>();
    private final Map<Key, Long> expected = new HashMap<>();
    private final Map<Long, Claim> inFlight = new LinkedHashMap<>();
    private final Map<Long, RowKey> lastSent = new HashMap<>();
    private int run;

    World(LedgerFixture it, Random random) {
      this.it = it;
      this.random = random;
    }

    void step() {
      switch (random.nextInt(12)) {
        case 0, 1 -> acceptFile();
        case 2 -> restart();
        case 3, 4, 5, 6 -> send();
        default -> answer(random.nextInt(10));
      }
    }

    private void acceptFile() {
      long file = it.file();
      long row = 1;
      int chunks = 1 + random.nextInt(3);
      if (random.nextInt(5) == 0) { // an interrupted reading before the real one
        it.store(file, rows(1, new HashMap<>()).toArray(NewRow[]::new));
        it.rows.begin(file);
      }
      Map<Key, Long> asked = new HashMap<>();
      for (int i = 0; i < chunks; i++) {
        List<NewRow> chunk = rows(row, asked);
        row += chunk.size();
        it.store(file, chunk.toArray(NewRow[]::new));
        if (random.nextInt(4) == 0) {
          answer(random.nextInt(10)); // while the file is being read
        }
      }
      if (it.releases.release(file, NOON) != LedgerReleases.Release.RELEASED) {
        throw new AssertionError("one reader at a time: nothing can have overtaken it");
      }
      expected.putAll(asked);
      if (random.nextInt(6) == 0) { // a crash between release and lines
        restart();
      }
      it.releases.lineUp(file);
    }

    private List<NewRow> rows(long from, Map<Key, Long> asked) {
      List<NewRow> rows = new ArrayList<>();
      int count = 1 + random.nextInt(6);
      for (int i = 0; i < count; i++) {
        long learner = 1L + random.nextInt(LEARNERS);
        long assignee = 7L + random.nextInt(3);
        if (random.nextInt(5) == 0) {
          rows.add(LedgerFixture.additionalEmployer(from + i, learner, assignee));
          asked.put(new Key(learner, "additional/" + assignee), assignee);
        } else {
          String slot = SLOTS.get(random.nextInt(SLOTS.size()));
          rows.add(LedgerFixture.ask(from + i, learner, slot, assignee));
          asked.put(new Key(learner, slot), assignee);
        }
      }
      return rows;
    }

    private String token() {
      return "run-" + run;
    }

    private void send() {
      List<Claim> due = it.lines.due(NOON.plusSeconds(60), 100);
      assertThat(due).allSatisfy(claim -> assertThat(inFlight).doesNotContainKey(claim.learner()));
      if (due.isEmpty()) {
        return;
      }
      Claim head = due.get(random.nextInt(due.size()));
      checkOrder(head);
      if (head.isHeld()) {
        assertThat(farSide.get(new Key(head.learner(), head.slot()))).isEqualTo(head.assignee());
        assertThat(it.lines.unchanged(head, NOON)).isTrue();
      } else {
        assertThat(it.lines.sending(head, token(), NOON)).isTrue();
        inFlight.put(head.learner(), head);
      }
    }

    /** Files in their order for each learner; within one, an older row only as a repetition. */
    private void checkOrder(Claim head) {
      RowKey last = lastSent.put(head.learner(), head.key());
      if (last != null) {
        assertThat(head.key().file()).isGreaterThanOrEqualTo(last.file());
        if (head.key().file() == last.file() && !head.slot().equals("default/employer")) {
          assertThat(
                  it.number(
                      "SELECT place FROM request WHERE file_no = ? AND row_no = ?",
                      head.key().file(),
                      head.key().row()))
              .isGreaterThanOrEqualTo(
                  it.number(
                      "SELECT place FROM request WHERE file_no = ? AND row_no = ?",
                      last.file(),
                      last.row()));
        }
      }
    }

    private void answer(int how) {
      if (inFlight.isEmpty()) {
        return;
      }
      Long learner = List.copyOf(inFlight.keySet()).get(random.nextInt(inFlight.size()));
      Claim claim = inFlight.remove(learner);
      boolean applied = how < 7 || random.nextBoolean();
      if (applied) {
        farSide.put(new Key(claim.learner(), claim.slot()), claim.assignee());
      }
      Settlement settlement =
          how < 7 ? LedgerFixture.sent() : LedgerFixture.waiting(NOON.plusSeconds(how));
      assertThat(it.lines.settle(claim, token(), settlement)).isTrue();
      assertThat(it.lines.settle(claim, token(), LedgerFixture.rejected())).isFalse();
    }

    /** The process is killed; what was in flight may have arrived, and is settled as lost. */
    private void restart() {
      inFlight
          .values()
          .forEach(
              claim -> {
                if (random.nextBoolean()) {
                  farSide.put(new Key(claim.learner(), claim.slot()), claim.assignee());
                }
              });
      it.reopen();
      String before = token();
      run++;
      List<Claim> orphans = it.lines.orphans(token());
      assertThat(orphans)
          .extracting(Claim::key)
          .containsExactlyInAnyOrderElementsOf(inFlight.values().stream().map(Claim::key).toList());
      inFlight.clear();
      orphans.forEach(
          orphan ->
              assertThat(it.lines.settle(orphan, before, LedgerFixture.waiting(NOON))).isTrue());
    }

    /** One line a learner, and only to open requests of released files. */
    void checkLines() {
      assertThat(it.number("SELECT COUNT(*) FROM line WHERE claim IS NOT NULL"))
          .isEqualTo(inFlight.size());
      assertThat(it.number("SELECT COUNT(*) FROM file_row WHERE state = 'sending'"))
          .isEqualTo(inFlight.size());
      assertThat(
              it.number(
                  "SELECT COUNT(*) FROM line l JOIN request r ON r.file_no = l.file_no"
                      + " AND r.row_no = l.row_no AND r.part = l.part WHERE r.closed = TRUE"))
          .isZero();
      assertThat(it.number("SELECT COUNT(DISTINCT learner) FROM request WHERE closed = FALSE"))
          .isEqualTo(it.lineCount());
      assertThat(
              it.number(
                  "SELECT COUNT(*) FROM request r JOIN file_row f ON f.file_no = r.file_no"
                      + " AND f.row_no = r.row_no AND f.part = r.part WHERE r.closed ="
                      + " (f.state IN ('planned', 'sending', 'waiting'))"))
          .isZero();
    }

    void drain() {
      while (!inFlight.isEmpty() || !it.lines.due(NOON.plusSeconds(60), 1).isEmpty()) {
        send();
        answer(0);
      }
    }
  }
}
