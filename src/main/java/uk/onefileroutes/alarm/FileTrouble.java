package uk.onefileroutes.alarm;

import java.util.Set;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.FileProgress;
import uk.onefileroutes.ledger.Overview;

/** What waits for a person: rows that are blocked, files that are held. */
public final class FileTrouble implements AlarmCheck {
  private final Overview overview;

  public FileTrouble(Overview overview) {
    this.overview = overview;
  }

  @Override
  public Set<AlarmCode> codes() {
    return Set.of(AlarmCode.BLOCKED_ROWS, AlarmCode.FILE_HELD);
  }

  @Override
  public void check(AlarmScan scan) {
    long blocked = overview.backlog().blocked();
    if (blocked > 0) {
      scan.sees(
          AlarmCode.BLOCKED_ROWS,
          "%d %s for a person. The command status shows of which files, status FILE why; then retry or cancel"
              .formatted(
                  blocked,
                  blocked == 1
                      ? "assignment is blocked and waits"
                      : "assignments are blocked and wait"));
    }
    overview.files(0).stream()
        .map(FileProgress::file)
        .filter(file -> file.state() == FileState.HELD)
        .forEach(file -> scan.sees(AlarmCode.FILE_HELD, "file " + file.no(), held(file)));
  }

  /** Without its name, which may be a person's; why it is held says what to do. */
  private static String held(FileEntry file) {
    return "file %d of feed %s is held: %s"
        .formatted(
            file.no(),
            file.feed(),
            file.message() == null ? String.valueOf(file.code()) : file.message());
  }
}
