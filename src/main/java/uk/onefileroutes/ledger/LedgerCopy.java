package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies rows of a ledger into another one, a few at a time in memory, and reads them back. For one
 * thread.
 */
final class LedgerCopy {
  private static final int BATCH = 1000;

  private final HeldLedger from;
  private final HeldLedger to;
  private final List<CopiedTable> tables;
  private final LedgerMove.Watcher watcher;
  private final long total;
  private long done;

  /**
   * @param tables each behind those that it refers to
   */
  LedgerCopy(HeldLedger from, HeldLedger to, List<CopiedTable> tables, LedgerMove.Watcher watcher)
      throws SQLException {
    this.from = from;
    this.to = to;
    this.tables = tables;
    this.watcher = watcher;
    long rows = 0;
    for (CopiedTable table : tables) {
      rows += table.count(from.connection());
    }
    this.total = 2 * rows; // written, and read back
  }

  /**
   * Copies all rows in one transaction, after those that are there were deleted. Numbers go on
   * where they stand.
   *
   * @return what was read, by table
   * @throws SQLException if either ledger fails; then the other one has no rows
   */
  Map<String, TableDigest> write() throws SQLException {
    for (CopiedTable table : tables) {
      for (String column : table.numbered()) { // first, as it commits in H2
        table.countFrom(to.connection(), column, table.next(from, column));
      }
    }
    empty();
    Map<String, TableDigest> read = new LinkedHashMap<>();
    to.begin();
    try {
      for (CopiedTable table : tables) {
        read.put(table.name(), reading(from, () -> write(table)));
      }
      to.commit();
      return read;
    } finally {
      to.rollBack(); // nothing where it was committed
    }
  }

  private TableDigest write(CopiedTable table) throws SQLException {
    TableDigest digest = new TableDigest();
    List<@Nullable Object[]> batch = new ArrayList<>(BATCH);
    try (PreparedStatement insert = to.connection().prepareStatement(table.insert())) {
      table
          .rows(from.connection())
          .each(
              row -> {
                @Nullable Object[] values = TableDigest.values(row, table.columns().size());
                digest.add(values);
                batch.add(values);
                if (batch.size() == BATCH) {
                  write(insert, batch);
                }
              });
      write(insert, batch);
    }
    return digest;
  }

  private void write(PreparedStatement insert, List<@Nullable Object[]> batch) {
    try {
      Sql.batch(insert, batch);
    } catch (SQLException e) {
      throw new LedgerException("the other ledger can't be written: " + SqlWords.of(e), e);
    }
    done += batch.size();
    watcher.done(done, total);
    batch.clear();
  }

  /** What the other ledger has now. */
  TableDigest readBack(CopiedTable table) throws SQLException {
    return reading(
        to,
        () -> {
          TableDigest digest = new TableDigest();
          table
              .rows(to.connection())
              .each(
                  row -> {
                    digest.add(TableDigest.values(row, table.columns().size()));
                    if (digest.rows() % BATCH == 0) {
                      watcher.done(done + digest.rows(), total);
                    }
                  });
          done += digest.rows();
          watcher.done(done, total);
          return digest;
        });
  }

  /** Whether the next row gets the same number in both. */
  boolean isCountedAlike(CopiedTable table) throws SQLException {
    for (String column : table.numbered()) {
      if (table.next(from, column) != table.next(to, column)) {
        return false;
      }
    }
    return true;
  }

  /** Deletes all rows of the other ledger: what was copied, or what a first opening wrote. */
  void empty() throws SQLException {
    to.begin();
    try {
      for (int i = tables.size() - 1; i >= 0; i--) {
        Sql.update(to.connection(), "DELETE FROM " + tables.get(i).name());
      }
      to.commit();
    } finally {
      to.rollBack(); // nothing where it was committed
    }
  }

  /** What is done while a ledger is read. */
  @FunctionalInterface
  private interface Reading {
    TableDigest read() throws SQLException;
  }

  /**
   * Both databases send a result bit by bit only when they are asked to: PostgreSQL within a
   * transaction, H2 by this setting.
   */
  private static TableDigest reading(HeldLedger ledger, Reading work) throws SQLException {
    Connection connection = ledger.connection();
    boolean isOwn = connection.getAutoCommit();
    if (ledger.place().isH2()) {
      Sql.update(connection, "SET LAZY_QUERY_EXECUTION 1");
    }
    if (isOwn) {
      ledger.begin();
    }
    try {
      TableDigest read = work.read();
      if (isOwn) {
        ledger.commit();
      }
      return read;
    } finally {
      if (isOwn) {
        ledger.rollBack(); // nothing where it was committed
      }
    }
  }
}
