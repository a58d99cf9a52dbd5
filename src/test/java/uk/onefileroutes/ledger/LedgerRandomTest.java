package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.assignment.FileState;

/**
 * Random files, answers and restarts, compared step by step with a far side in memory and, at the
 * end, with the plain rule that the last row for a slot wins.
 */
class LedgerRandomTest extends WithLedger {
  private static final int STEPS = 250;
  private static final int LEARNERS = 4;
  private static final List<String> SLOTS =
      List.of("default/assessor", "default/employer", "learning-aim/5/iqa", "unit-summary/U/iqa");

  private record Key(long learner, String slot) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void theLastAcceptedRowForASlotWinsWhateverHappens(long seed) {
    Random random = new Random(seed);
    World world = new World(it, random, false);
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

  @ParameterizedTest
  @ValueSource(longs = {3, 4, 5})
  void anOlderRowNeverOverwritesANewerOneWhateverPeopleDo(long seed) throws ActionRefused {
    Random random = new Random(seed);
    World world = new World(it, random, true);
    People people = new People(it, random, world);
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(3) == 0) {
        people.step();
      } else {
        world.step();
      }
      it.checkTallies();
      world.checkLines();
      people.report();
    }
    world.drain();
    it.checkTallies();
    assertThat(it.lineCount()).isZero();
    people.checkEnd();
  }

  /** People who hold, release, cancel and retry, and what must hold at the end all the same. */
  private static final class People {
    private final LedgerFixture it;
    private final Random random;
    private final World world;
    private final Map<Long, NewRow[]> held = new LinkedHashMap<>();
    private final Map<String, Integer> done = new HashMap<>();

    People(LedgerFixture it, Random random, World world) {
      this.it = it;
      this.random = random;
      this.world = world;
    }

    void step() throws ActionRefused {
      switch (random.nextInt(8)) {
        case 0, 1 -> hold();
        case 2, 3 -> release();
        case 4 -> cancel();
        default -> retry();
      }
    }

    private void count(String what, long times) {
      done.merge(what, (int) times, Integer::sum);
    }

    private void hold() {
      NewRow[] rows = world.rows(1, new HashMap<>()).toArray(NewRow[]::new);
      held.put(it.held(rows), rows);
    }

    private void release() throws ActionRefused {
      if (held.isEmpty()) {
        return;
      }
      long file = List.copyOf(held.keySet()).get(random.nextInt(held.size()));
      NewRow[] rows = held.remove(file);
      FileEntry unused = it.actions.release(file);
      if (random.nextInt(3) == 0) {
        world.restart();
      }
      do {
        it.rows.begin(file);
        it.store(file, rows);
        if (random.nextInt(3) == 0) {
          retry(); // while it is being read
          world.send();
          world.answer(0);
        }
      } while (it.releases.release(file, null, NOON) == Releases.Release.READ_AGAIN);
      if (random.nextInt(3) == 0) {
        world.restart();
      }
      it.releases.queueLearners(file);
      count("released", 1);
    }

    private void cancel() throws ActionRefused {
      List<FileEntry> open = new ArrayList<>(it.files.in(FileState.DELIVERING));
      open.addAll(it.files.in(FileState.HELD));
      if (open.isEmpty()) {
        return;
      }
      long file = open.get(random.nextInt(open.size())).no();
      held.remove(file);
      try {
        if (random.nextInt(3) == 0) { // a crash between its state and its rows
          new Cancelling(it.ledger).mark(file);
          world.send();
          world.restart();
          it.actions.completeCancels(NOON);
        } else {
          it.actions.cancel(file, NOON);
        }
        count("cancelled", 1);
      } catch (ActionRefused e) {
        assertThat(e).hasMessageContaining("nothing left to cancel");
      }
    }

    private void retry() throws ActionRefused {
      List<FileEntry> open = new ArrayList<>(it.files.in(FileState.DELIVERING));
      open.addAll(it.files.in(FileState.DONE));
      FileActions.Retried retried =
          switch (random.nextInt(4)) {
            case 0 -> it.actions.retry(RetryOf.allBlocked(), NOON);
            case 1 -> it.actions.retry(RetryOf.learner(1L + random.nextInt(LEARNERS)), NOON);
            case 2 -> it.actions.retry(RetryOf.code("NOT_FOUND"), NOON);
            default ->
                open.isEmpty()
                    ? it.actions.retry(RetryOf.allBlocked(), NOON)
                    : it.actions.retry(
                        RetryOf.file(open.get(random.nextInt(open.size())).no()), NOON);
          };
      count("retried", retried.retried() + retried.superseded());
    }

    /** Answers go back to senders as soon as they can. */
    void report() {
      it.reports.finished().forEach(file -> it.report(file.no()));
    }

    /** Everything has an answer, and what it says is so. */
    void checkEnd() {
      assertThat(done)
          .as("each was met")
          .hasSize(3)
          .allSatisfy((k, n) -> assertThat(n).isPositive());
      report();
      assertThat(it.files.in(FileState.DELIVERING)).isEmpty();
      assertThat(it.files.in(FileState.CANCELLED))
          .allSatisfy(f -> assertThat(f.doneAt()).isNotNull());
      assertThat(
              it.number(
                  "SELECT COUNT(*) FROM file_row r JOIN file f ON f.no = r.file_no WHERE f.state <>"
                      + " 'held' AND r.state IN ('planned', 'sending', 'waiting')"))
          .isZero();
      List<Map.Entry<Key, Long>> known =
          it.ledger.inTransaction(
              connection ->
                  Sql.query(
                          connection, "SELECT learner, slot, assignee FROM slot WHERE known = TRUE")
                      .list(
                          r ->
                              Map.entry(
                                  new Key(r.getLong("learner"), r.getString("slot")),
                                  r.getLong("assignee"))));
      assertThat(known).isNotEmpty();
      assertThat(known)
          .allSatisfy(
              slot -> assertThat(world.farSide.get(slot.getKey())).isEqualTo(slot.getValue()));
      known.forEach(slot -> checkLastWord(slot.getKey(), slot.getValue()));
    }

    /** Where the newest row that is still meant was sent, or needed no call, its slot holds it. */
    private void checkLastWord(Key key, long assignee) {
      it.ledger
          .inTransaction(
              connection ->
                  Sql.query(
                          connection,
                          "SELECT r.state, r.assignee FROM file_row r JOIN file f ON f.no ="
                              + " r.file_no WHERE r.learner = ? AND r.slot = ? AND f.released_at IS"
                              + " NOT NULL AND r.state <> 'superseded' ORDER BY r.file_no DESC,"
                              + " r.row_no DESC LIMIT 1",
                          key.learner,
                          key.slot)
                      .one(r -> Map.entry(r.getString("state"), r.getLong("assignee"))))
          .filter(last -> List.of("sent", "unchanged").contains(last.getKey()))
          .ifPresent(last -> assertThat(assignee).as("%s", key).isEqualTo(last.getValue()));
    }
  }

  /** The ledger, the far side, and what the last rows said. */
  private static final class World {
    private final LedgerFixture it;
    private final Random random;
    private final boolean peopleAct;
    private final Map<Key, RowKey> lastApplied = new HashMap<>();
    private final Map<Key, Long> farSide = new HashMap<>();
    private final Map<Key, Long> expected = new HashMap<>();
    private final Map<Long, Claim> inFlight = new LinkedHashMap<>();
    private final Map<Long, RowKey> lastSent = new HashMap<>();
    private int run;

    World(LedgerFixture it, Random random, boolean peopleAct) {
      this.it = it;
      this.random = random;
      this.peopleAct = peopleAct;
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
      if (it.releases.release(file, null, NOON) != Releases.Release.RELEASED) {
        throw new AssertionError("one reader at a time: nothing can have overtaken it");
      }
      expected.putAll(asked);
      if (random.nextInt(6) == 0) { // a crash between release and lines
        restart();
      }
      it.releases.queueLearners(file);
    }

    List<NewRow> rows(long from, Map<Key, Long> asked) {
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
      if (!peopleAct) { // who may send older files after newer ones
        checkOrder(head);
      }
      if (head.isHeld()) {
        assertThat(farSide.get(new Key(head.learner(), head.request().slot())))
            .isEqualTo(head.request().assignee());
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
        if (head.key().file() == last.file() && !head.request().slot().equals("default/employer")) {
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

    /** The far side does what it is asked; never something older than what it did before. */
    private void apply(Claim claim) {
      Key key = new Key(claim.learner(), claim.request().slot());
      farSide.put(key, claim.request().assignee());
      RowKey last = lastApplied.put(key, claim.key());
      if (last != null) {
        assertThat(claim.key().file()).as("%s", key).isGreaterThanOrEqualTo(last.file());
      }
    }

    private void answer(int how) {
      if (inFlight.isEmpty()) {
        return;
      }
      Long learner = List.copyOf(inFlight.keySet()).get(random.nextInt(inFlight.size()));
      Claim claim = inFlight.remove(learner);
      if (peopleAct && how >= 3 && how <= 6) {
        giveUp(claim, how <= 4);
        return;
      }
      boolean applied = how < 7 || random.nextBoolean();
      if (applied) {
        apply(claim);
      }
      Settlement settlement =
          how < 7 ? LedgerFixture.sent() : LedgerFixture.waiting(NOON.plusSeconds(how));
      assertThat(it.lines.settle(claim, token(), settlement)).isTrue();
      assertThat(it.lines.settle(claim, token(), LedgerFixture.rejected())).isFalse();
    }

    private void giveUp(Claim claim, boolean refused) {
      if (!refused && random.nextBoolean()) {
        apply(claim);
      }
      Settlement settlement = refused ? LedgerFixture.rejected() : LedgerFixture.blocked();
      assertThat(it.lines.settle(claim, token(), settlement)).isTrue();
    }

    /** The process is killed; what was in flight may have arrived, and is settled as lost. */
    private void restart() {
      inFlight
          .values()
          .forEach(
              claim -> {
                if (random.nextBoolean()) {
                  apply(claim);
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
      assertThat(
              it.number(
                  "SELECT COUNT(DISTINCT r.learner) FROM request r JOIN file f ON f.no = r.file_no"
                      + " JOIN file_row o ON o.file_no = r.file_no AND o.row_no = r.row_no AND o.part"
                      + " = r.part WHERE r.closed = FALSE AND (f.state = 'delivering' OR o.state ="
                      + " 'sending')"))
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
