package uk.onefileroutes.ledger;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The mails that senders are owed about answers which were written. A crash between a mail and its
 * note sends it again. Thread-safe; each verb is one transaction.
 */
public final class SenderMails {
  private final Ledger ledger;

  /**
   * An answer about which a mail is owed.
   *
   * @param file as it is now
   * @param seq which of the file's answers, from 1
   * @param resultsName what the sender finds
   * @param rejectsName null where there is nothing to fix
   * @param writtenAt when it was in its place
   */
  public record Owed(
      FileEntry file,
      int seq,
      String resultsName,
      @Nullable String rejectsName,
      Instant writtenAt) {}

  public SenderMails(Ledger ledger) {
    this.ledger = ledger;
  }

  /** All that are owed, oldest first. */
  public List<Owed> owed() {
    return ledger.read(
        connection ->
            Sql.query(
                    connection,
                    "SELECT r.seq, r.results_name, r.rejects_name, r.written_at, f.* FROM report r"
                        + " JOIN file f ON f.no = r.file_no"
                        + " WHERE r.mail_owed = TRUE AND f.account = ? ORDER BY r.file_no, r.seq",
                    ledger.account())
                .list(
                    row ->
                        new Owed(
                            AcceptedFiles.entry(row),
                            row.getInt("seq"),
                            row.getString("results_name"),
                            row.getString("rejects_name"),
                            Sql.instant(row, "written_at"))));
  }

  /** How often a file's assignments have which codes, but for those that went well. */
  public Map<String, Long> codes(long fileNo) {
    return ledger.read(
        connection -> {
          Map<String, Long> codes = new LinkedHashMap<>();
          Sql.query(
                  connection,
                  """
                  SELECT code, COUNT(*) AS amount FROM file_row WHERE file_no = ?
                    AND state IN ('invalid', 'rejected', 'blocked', 'waiting')
                    GROUP BY code ORDER BY amount DESC, code""",
                  fileNo)
              .each(row -> codes.put(row.getString("code"), row.getLong("amount")));
          return codes;
        });
  }

  /** It was sent, or given up. */
  public void settled(Owed owed) {
    int unused =
        ledger.inTransaction(
            connection ->
                Sql.update(
                    connection,
                    "UPDATE report SET mail_owed = FALSE WHERE file_no = ? AND seq = ?",
                    owed.file().no(),
                    owed.seq()));
  }
}
