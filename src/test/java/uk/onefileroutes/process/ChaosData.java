package uk.onefileroutes.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data folder of a round: two drop folders, what comes back, and the ledger afterwards. */
record ChaosData(Path path) {

  /**
   * A file as the ledger accepted it.
   *
   * @param results the names of its results files, in their order; each complete
   * @param made where it was made of another; null: it was dropped
   * @param refusals how many attempts of a row Onefile refused, by row: those changed nothing
   */
  record Accepted(
      long no,
      String feed,
      String name,
      String sha256,
      String state,
      @Nullable Instant released,
      List<String> results,
      @Nullable Made made,
      Map<Integer, Integer> refusals) {
    /** Where it undoes another file; null: it does not. */
    @Nullable Made undo() {
      return made != null && made.isUndo ? made : null;
    }
  }

  /**
   * What makes a file of another.
   *
   * @param isUndo whether it undoes it; it is a part of it otherwise
   * @param of the other file
   * @param stored where its bytes are, relative to the data folder
   */
  record Made(boolean isUndo, long of, String stored) {}

  static String resultsFolder(String feed) {
    return "results-" + feed;
  }

  boolean mayDrop(ChaosFile file) {
    return !Files.exists(path.resolve(file.feed()).resolve(file.name()));
  }

  /** As a careful sender does: written elsewhere, moved in whole. */
  void drop(ChaosFile file) {
    try {
      Path written = path.resolveSibling(file.name() + ".writing");
      Files.writeString(written, file.content());
      Path place = path.resolve(file.feed()).resolve(file.name());
      Files.move(written, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isTaken() {
    return ChaosFiles.ALL_FEEDS.stream().allMatch(feed -> names(feed).isEmpty());
  }

  /** Whether a file in a results place says why another one was refused. */
  static boolean isExplanation(String name) {
    return name.endsWith(".error.txt");
  }

  /** How many files have their results, or the explanation of their refusal. */
  int answers() {
    return (int)
        ChaosFiles.ALL_FEEDS.stream()
            .flatMap(feed -> names(resultsFolder(feed)).stream())
            .filter(name -> name.endsWith(".results.csv") || isExplanation(name))
            .count();
  }

  /** Whether the sender of the held file was told so. */
  boolean isHeld() {
    return names(resultsFolder(ChaosFiles.CHECKED)).contains(ChaosFiles.HELD_ANSWER);
  }

  List<String> refused() {
    return names("refused").stream().filter(name -> !isExplanation(name)).toList();
  }

  /**
   * @param held how many files are held, and stay in the spool
   */
  boolean isAnswered(int files, int held) {
    // what is reported leaves the spool last
    return answers() >= files && names("spool").size() == held;
  }

  long ledgerChanged() {
    try {
      Path ledger = path.resolve("ledger.mv.db");
      return Files.size(ledger) + 31 * Files.getLastModifiedTime(ledger).toMillis();
    } catch (IOException e) { // not there yet
      return 0;
    }
  }

  /** The names of all files in a folder below. */
  List<String> names(String below) {
    Path place = path.resolve(below);
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(place)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    } catch (UncheckedIOException | IOException e) { // one went while we looked: look again
      return names(below);
    }
  }

  List<String> lines(String feed, String results) {
    try {
      return Files.readAllLines(path.resolve(resultsFolder(feed)).resolve(results));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a file that was made here, with its header. */
  List<String> lines(Made made) {
    try {
      return Files.readAllLines(path.resolve(made.stored()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /** What the ledger accepted, in its order; the process must have ended. */
  List<Accepted> accepted() {
    String url = "jdbc:h2:file:" + path.resolve("ledger") + ";ACCESS_MODE_DATA=r";
    try (Connection connection = DriverManager.getConnection(url, "ledger", "");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT f.no, f.feed, f.name, f.sha256, f.state, f.released_at,"
                    + " f.made, f.made_of, f.stored, p.results_name FROM file f"
                    + " LEFT JOIN report p ON p.file_no = f.no AND p.complete = TRUE"
                    + " ORDER BY f.no, p.seq")) {
      Map<Long, Map<Integer, Integer>> refusals = refusals(connection);
      List<Accepted> accepted = new ArrayList<>();
      while (row.next()) {
        long no = row.getLong("no");
        String results = row.getString("results_name");
        if (accepted.isEmpty() || accepted.get(accepted.size() - 1).no() != no) {
          accepted.add(
              new Accepted(
                  no,
                  row.getString("feed"),
                  row.getString("name"),
                  row.getString("sha256"),
                  row.getString("state"),
                  instant(row.getObject("released_at", OffsetDateTime.class)),
                  new ArrayList<>(),
                  row.getObject("made_of") == null
                      ? null
                      : new Made(
                          row.getString("made").equals("undo"),
                          row.getLong("made_of"),
                          row.getString("stored")),
                  refusals.getOrDefault(no, Map.of())));
        }
        if (results != null) {
          accepted.get(accepted.size() - 1).results().add(results);
        }
      }
      return accepted;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<Long, Map<Integer, Integer>> refusals(Connection connection)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT file_no, row_no, COUNT(*) AS refused FROM attempt"
                    + " WHERE http_status BETWEEN 400 AND 499 GROUP BY file_no, row_no")) {
      Map<Long, Map<Integer, Integer>> refusals = new HashMap<>();
      while (row.next()) {
        refusals
            .computeIfAbsent(row.getLong("file_no"), file -> new HashMap<>())
            .put(row.getInt("row_no"), row.getInt("refused"));
      }
      return refusals;
    }
  }
}
