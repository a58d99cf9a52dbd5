package uk.onefileroutes.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileState;

/**
 * A file as the ledger knows it.
 *
 * @param no its number, which never changes
 * @param received what came in
 * @param standing how it stands
 * @param times when what happened to it
 * @param isReleasedByPerson whether a person decided that it goes to delivery: then nothing may
 *     hold it
 */
public record FileEntry(
    long no, Received received, Standing standing, Times times, boolean isReleasedByPerson) {
  static final String COLUMNS =
      "no, feed, name, sha256, stored, equal_file, state, code, message, accepted_at, released_at,"
          + " done_at, released_by_person, made, made_of";

  /**
   * What came in.
   *
   * @param name as the feed delivered it
   * @param stored where its bytes are now, relative to the data folder
   * @param equalFile number of an earlier file of the same feed with the same bytes
   * @param origin of which file it was made here; null: a feed delivered it
   */
  public record Received(
      String feed,
      String name,
      String sha256,
      String stored,
      @Nullable Long equalFile,
      @Nullable Origin origin) {
    /** A file that a feed delivered. */
    public Received(
        String feed, String name, String sha256, String stored, @Nullable Long equalFile) {
      this(feed, name, sha256, stored, equalFile, null);
    }
  }

  /**
   * Where a file comes from that no feed delivered.
   *
   * @param file the number of the file of which it was made
   */
  public record Origin(Made made, long file) {
    static @Nullable Origin read(ResultSet row) throws SQLException {
      String made = row.getString("made");
      return made == null
          ? null
          : new Origin(Made.valueOf(made.toUpperCase(Locale.ROOT)), row.getLong("made_of"));
    }
  }

  /** What a file that was made here does. */
  public enum Made {
    /** Gives slots back what they held before another file. */
    UNDO,
    /** Asks for some of what a held file asks for. */
    PART;

    /** Its word in SQL and in names of files. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How it stands.
   *
   * @param code why it was refused, or is held
   * @param message the same as a sentence
   */
  public record Standing(FileState state, @Nullable String code, @Nullable String message) {}

  /**
   * When what happened to it.
   *
   * @param releasedAt when its rows went to delivery
   * @param doneAt when its last answer was with the sender, or when it was refused
   */
  public record Times(Instant acceptedAt, @Nullable Instant releasedAt, @Nullable Instant doneAt) {}

  /** A file that is being read, and of which nothing is known yet but what came in. */
  public static FileEntry receiving(long no, Received received, Instant acceptedAt) {
    return new FileEntry(
        no,
        received,
        new Standing(FileState.RECEIVING, null, null),
        new Times(acceptedAt, null, null),
        false);
  }

  /**
   * The files of which this holds.
   *
   * @param condition on table {@code file f}, with an order where one matters
   */
  static List<FileEntry> where(
      Connection connection, String condition, @Nullable Object... parameters) throws SQLException {
    return Sql.query(
            connection, "SELECT " + COLUMNS + " FROM file f WHERE " + condition, parameters)
        .list(FileEntry::read);
  }

  /** The file of this account that has this number. */
  static Optional<FileEntry> find(Connection connection, String account, long no)
      throws SQLException {
    return where(connection, "no = ? AND account = ?", no, account).stream().findFirst();
  }

  static FileEntry read(ResultSet row) throws SQLException {
    return new FileEntry(
        row.getLong("no"),
        new Received(
            row.getString("feed"),
            row.getString("name"),
            row.getString("sha256"),
            row.getString("stored"),
            row.getObject("equal_file", Long.class),
            Origin.read(row)),
        new Standing(
            FileState.of(row.getString("state")), row.getString("code"), row.getString("message")),
        new Times(
            Sql.instant(row, "accepted_at"),
            Sql.nullableInstant(row, "released_at"),
            Sql.nullableInstant(row, "done_at")),
        row.getBoolean("released_by_person"));
  }

  public String feed() {
    return received.feed();
  }

  /** Its name as the feed delivered it. */
  public String name() {
    return received.name();
  }

  /** Where its bytes are now, relative to the data folder. */
  public String stored() {
    return received.stored();
  }

  /** Whether it was made here, of another file. */
  public boolean isMade() {
    return received.origin() != null;
  }

  public FileState state() {
    return standing.state();
  }

  /** Why it was refused, or is held. */
  public @Nullable String code() {
    return standing.code();
  }

  /** The same as a sentence. */
  public @Nullable String message() {
    return standing.message();
  }

  public Instant acceptedAt() {
    return times.acceptedAt();
  }

  /** When its last answer was with the sender, or when it was refused. */
  public @Nullable Instant doneAt() {
    return times.doneAt();
  }
}
