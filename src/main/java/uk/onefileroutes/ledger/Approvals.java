package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import uk.onefileroutes.assignment.FileState;

/** Who approved that held files are released. Thread-safe; each verb is one transaction. */
public final class Approvals {
  private static final String SUFFIX = " \\d+ of \\d+ approvals, by .*\\.$";

  private final Ledger ledger;

  /**
   * How a release stands.
   *
   * @param by who approved just that, each another person; in the order in which they did
   */
  public record Standing(int needed, List<String> by) {
    public Standing {
      by = List.copyOf(by);
    }

    public boolean isApproved() {
      return by.size() >= needed;
    }

    @Override
    public String toString() {
      return "%d of %d approvals, by %s".formatted(by.size(), needed, String.join(" and ", by));
    }
  }

  public Approvals(Ledger ledger) {
    this.ledger = ledger;
  }

  /** How many people must approve that a file is released. */
  public int needed(long fileNo) {
    return ledger.read(connection -> needed(connection, fileNo));
  }

  private static int needed(Connection connection, long fileNo) throws SQLException {
    return Sql.query(connection, "SELECT approvals FROM file WHERE no = ?", fileNo)
        .one(r -> r.getInt(1))
        .orElse(1);
  }

  /**
   * Approves the release of a held file. The same person counts once; who approved something else
   * counts no longer.
   *
   * @param who login, with the user of the operating system in brackets where that is known
   * @param what the plan and the part of it that is approved
   * @throws ActionRefused if the file is not held any more
   */
  public Standing approve(long fileNo, String who, String what, Instant at) throws ActionRefused {
    Standing standing =
        ledger.inTransaction(
            connection -> {
              ledger.lock(connection);
              boolean isHeld =
                  FileEntry.find(connection, ledger.account(), fileNo)
                      .filter(file -> file.state() == FileState.HELD)
                      .isPresent();
              int needed = isHeld ? needed(connection, fileNo) : 0;
              return new Standing(
                  needed, isHeld ? approve(connection, fileNo, who, what, at) : List.of());
            });
    if (standing.needed() == 0) {
      throw new ActionRefused("File %d is not held any more.".formatted(fileNo));
    }
    return standing;
  }

  private List<String> approve(
      Connection connection, long fileNo, String who, String what, Instant at) throws SQLException {
    Sql.update(connection, "DELETE FROM approval WHERE file_no = ? AND what <> ?", fileNo, what);
    List<String> by =
        new ArrayList<>(
            Sql.query(
                    connection,
                    "SELECT who FROM approval WHERE file_no = ? ORDER BY approved_at, who",
                    fileNo)
                .list(r -> r.getString(1)));
    if (by.stream().noneMatch(other -> isSamePerson(other, who))) {
      Sql.update(
          connection,
          "INSERT INTO approval (file_no, who, what, approved_at) VALUES (?, ?, ?, ?)",
          fileNo,
          Sql.bounded(who, 130),
          what,
          at);
      by.add(who);
    }
    String message =
        FileEntry.find(connection, ledger.account(), fileNo)
            .map(FileEntry::message)
            .orElse("")
            .replaceFirst(SUFFIX, "");
    String stands = new Standing(needed(connection, fileNo), by).toString();
    Sql.update(
        connection,
        "UPDATE file SET message = ? WHERE no = ?",
        Sql.bounded(message, 3700) + " " + stands + ".",
        fileNo);
    return by;
  }

  /** A part was released: the next one wants its own approvals. */
  public void clear(long fileNo) {
    ledger.inTransaction(
        connection -> Sql.update(connection, "DELETE FROM approval WHERE file_no = ?", fileNo));
  }

  /**
   * Whether two callers may be one person: the same user of the operating system whatever their
   * logins are, or the same login where one of them does not say its user.
   */
  static boolean isSamePerson(String one, String other) {
    String user = user(one);
    String otherUser = user(other);
    return (user.isEmpty() || otherUser.isEmpty())
        ? login(one).equals(login(other))
        : user.equals(otherUser);
  }

  private static String user(String who) {
    int bracket = who.lastIndexOf(" (");
    return bracket < 0 || !who.endsWith(")") ? "" : who.substring(bracket + 2, who.length() - 1);
  }

  private static String login(String who) {
    int bracket = who.lastIndexOf(" (");
    return bracket < 0 ? who : who.substring(0, bracket);
  }
}
