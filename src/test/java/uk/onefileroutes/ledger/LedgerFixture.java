package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.plan.SlotRule;

/** A ledger, and short words for what tests do with it. */
final class LedgerFixture implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-03-31T12:00:00Z");
  static final String RUN = "run-1";
  static final String DEFAULT_ASSESSOR = "default/assessor";

  private final LedgerLogin place;
  Ledger ledger;
  AcceptedFiles files;
  PlannedRows rows;
  LearnerQueues lines;
  Releases releases;
  ReportSteps reports;
  FileActions actions;

  /** An embedded one in this folder. */
  LedgerFixture(Path folder) {
    this(Database.H2.empty(folder));
  }

  LedgerFixture(LedgerLogin place) {
    this(place, open(place));
  }

  private LedgerFixture(LedgerLogin place, Ledger ledger) {
    this.place = place;
    this.ledger = ledger;
    this.files = new AcceptedFiles(ledger);
    this.rows = new PlannedRows(ledger);
    this.lines = new LearnerQueues(ledger);
    this.releases = new Releases(ledger);
    this.reports = new ReportSteps(ledger);
    this.actions = new FileActions(ledger);
  }

  /** The same ledger as another account sees it; need not be closed. */
  LedgerFixture of(String account) {
    return new LedgerFixture(place, ledger.of(account));
  }

  private static Ledger open(LedgerLogin place) {
    return Ledger.open(place, "onefile");
  }

  void reopen() {
    ledger.close();
    ledger = open(place);
    files = new AcceptedFiles(ledger);
    rows = new PlannedRows(ledger);
    lines = new LearnerQueues(ledger);
    releases = new Releases(ledger);
    reports = new ReportSteps(ledger);
    actions = new FileActions(ledger);
  }

  static NewRow ask(long row, long learner, String slot, long assignee) {
    return row(row, learner, slot, assignee, false);
  }

  static NewRow additionalEmployer(long row, long learner, long assignee) {
    return row(row, learner, "additional/" + assignee, assignee, true);
  }

  static NewRow defaultEmployer(long row, long learner, long assignee) {
    return row(row, learner, "default/employer", assignee, false);
  }

  static NewRow invalid(long row) {
    return NewRow.invalid(row, 0, "NOT_AN_ID", "No id.", null);
  }

  private static NewRow row(long row, long learner, String slot, long assignee, boolean first) {
    String kind = slot.substring(0, slot.indexOf('/'));
    NewRow.Ask ask =
        new NewRow.Ask(
            learner,
            slot,
            assignee,
            kind,
            "User/" + learner,
            "{\"n\":" + assignee + "}",
            first ? "employer" : "assessor");
    return NewRow.planned(row, 0, null, ask);
  }

  /** A file in state receiving. */
  long file() {
    long no =
        files.accept(new NewFile("inbox", "export.csv", 1, "0".repeat(64), NOON, "spool/1", NOON));
    rows.begin(no);
    return no;
  }

  SlotFigures store(long file, NewRow... chunk) {
    return rows.store(file, List.of(chunk), new SlotRule(Trust.FOR_EVER, NOON), NOON);
  }

  /** A file with these rows in one chunk, released and lined up. */
  long released(NewRow... chunk) {
    long no = file();
    store(no, chunk);
    release(no);
    return no;
  }

  /** A file with these rows in one chunk, held. */
  long held(NewRow... chunk) {
    long no = file();
    store(no, chunk);
    assertThat(actions.hold(no, "TOO_MANY_CHANGES", "As the test says.", 1, NOON)).isTrue();
    return no;
  }

  /** A person releases a held file, and it is read once more. */
  void releaseByPerson(long file, NewRow... chunk) throws ActionRefused {
    FileEntry unused = actions.release(file);
    rows.begin(file);
    store(file, chunk);
    release(file);
  }

  /** Its answer is with the sender. */
  void report(long file) {
    reports.written(file, reports.announce(file, true, "export.results.csv", null), NOON, false);
  }

  FileState state(long file) {
    return files.find(file).orElseThrow().state();
  }

  void release(long file) {
    assertThat(releases.release(file, null, NOON)).isEqualTo(Releases.Release.RELEASED);
    releases.queueLearners(file);
  }

  List<Claim> due() {
    return lines.due(NOON, 1000);
  }

  /** The learner's head that is due. */
  Claim head(long learner) {
    return due().stream().filter(claim -> claim.learner() == learner).findFirst().orElseThrow();
  }

  /** Takes the learner's head on its way. */
  Claim sending(long learner) {
    Claim head = head(learner);
    assertThat(lines.sending(head, RUN, NOON)).isTrue();
    return head;
  }

  /** Sends the learner's head; the far side says yes. */
  Claim send(long learner) {
    Claim head = sending(learner);
    assertThat(lines.settle(head, RUN, sent())).isTrue();
    return head;
  }

  /** Sends all there is, learner by learner. */
  List<Claim> sendAll() {
    List<Claim> all = new ArrayList<>();
    for (List<Claim> due = due(); !due.isEmpty(); due = due()) {
      Claim head = due.get(0);
      if (head.isHeld()) {
        assertThat(lines.unchanged(head, NOON)).isTrue();
      } else {
        all.add(send(head.learner()));
      }
    }
    return all;
  }

  static Settlement sent() {
    return settlement(RowState.SENT, Code.SENT, Settlement.Slot.HOLDS, NOON);
  }

  static Settlement rejected() {
    return settlement(RowState.REJECTED, Code.NOT_FOUND, Settlement.Slot.UNTOUCHED, NOON);
  }

  static Settlement blocked() {
    return settlement(RowState.BLOCKED, Code.TOO_MANY_ATTEMPTS, Settlement.Slot.UNKNOWN, NOON);
  }

  /** To be tried again; whether it was applied nobody knows. */
  static Settlement waiting(Instant dueAt) {
    return settlement(RowState.WAITING, Code.RETRY, Settlement.Slot.UNKNOWN, dueAt);
  }

  private static Settlement settlement(
      RowState state, Code code, Settlement.Slot slot, Instant dueAt) {
    return new Settlement(
        state,
        code.name(),
        "As the test says.",
        new Settlement.Call(NOON, 5, state == RowState.WAITING ? null : Integer.valueOf(200)),
        state == RowState.WAITING,
        slot,
        dueAt);
  }

  /** A file's rows as "row state code", in their order. */
  List<String> states(long file) {
    List<String> states = new ArrayList<>();
    reports
        .rows(file)
        .forEachRemaining(
            row ->
                states.add(
                    row.row()
                        + " "
                        + row.state().word()
                        + (row.note().codes() == null ? "" : " " + row.note().codes())));
    return states;
  }

  /** The tally of each file equals what its rows say. */
  void checkTallies() {
    Map<Long, Map<RowState, Long>> counted =
        ledger.inTransaction(
            connection -> {
              Map<Long, Map<RowState, Long>> all = new java.util.TreeMap<>();
              Sql.query(
                      connection,
                      "SELECT file_no, state, COUNT(*) AS n FROM file_row WHERE file_no > 0"
                          + " GROUP BY file_no, state")
                  .each(
                      r ->
                          all.computeIfAbsent(
                                  r.getLong("file_no"), no -> new EnumMap<>(RowState.class))
                              .put(RowState.of(r.getString("state")), r.getLong("n")));
              return all;
            });
    counted.forEach((file, states) -> assertThat(files.tally(file)).isEqualTo(states));
    long tallied =
        number("SELECT COALESCE(SUM(amount), 0) FROM tally WHERE amount > 0").longValue();
    assertThat(tallied).isEqualTo(number("SELECT COUNT(*) FROM file_row WHERE file_no > 0"));
  }

  /** What a slot is known to hold, as "assignee", "unknown" or "nothing". */
  String slot(long learner, String slot) {
    return ledger.inTransaction(
        connection ->
            Sql.query(
                    connection,
                    """
                    SELECT assignee, known FROM slot WHERE account = ? AND learner = ?
                      AND slot = ?""",
                    ledger.account(),
                    learner,
                    slot)
                .one(r -> r.getBoolean("known") ? Long.toString(r.getLong("assignee")) : "unknown")
                .orElse("nothing"));
  }

  /** How many learners have a line. */
  Long lineCount() {
    return number("SELECT COUNT(*) FROM line");
  }

  Long number(String sql, Object... parameters) {
    return ledger.inTransaction(
        connection -> Sql.query(connection, sql, parameters).one(r -> r.getLong(1)).orElseThrow());
  }

  @Override
  public void close() {
    ledger.close();
  }
}
