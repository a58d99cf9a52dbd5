package uk.onefileroutes.ledger;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the ledger is and how to log in.
 *
 * @param url a JDBC URL
 */
public record LedgerLogin(String url, String user, String password) {
  /** A pattern: how H2 may be told to open a file. */
  public static final String FILE_PREFIXES = "(?:(?:file|async|nio|plain):)*";

  private static final Pattern EMBEDDED =
      Pattern.compile("jdbc:h2:" + FILE_PREFIXES + "(?!tcp:|ssl:|mem:|zip:)([^;]+)(?:;.*)?");

  private static final Pattern SECRET_PART =
      Pattern.compile("(;(?:password|pwd)=)[^;]*", Pattern.CASE_INSENSITIVE);

  // whoever has a URL may open it
  static {
    UninterruptedFiles.register();
    // what uses an H2 store that closed itself, as its disk was full, may turn in a circle for ever
    // within registerVersionUsage(), but for the assertion that H2 has there
    LedgerLogin.class.getClassLoader().setClassAssertionStatus("org.h2.mvstore.MVStore", true);
  }

  /**
   * The embedded ledger in a data folder. plain: {@link UninterruptedFiles}. WRITE_DELAY=0: H2's
   * default is not durable per commit. DB_CLOSE_ON_EXIT=FALSE: we close it ourselves, after the
   * last answer was settled. LOCK_TIMEOUT: a large release may hold others up for seconds.
   * TRACE_LEVEL_FILE=0: on a full disk H2 would fill what room is made with a trace of its
   * failures. QUERY_CACHE_SIZE: statements that a connection keeps parsed; H2's eight are fewer
   * than one settled request takes.
   */
  public static LedgerLogin embedded(Path dataFolder) {
    Path file = dataFolder.toAbsolutePath().resolve("ledger");
    return new LedgerLogin(
        "jdbc:h2:plain:"
            + file
            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=30000"
            + ";TRACE_LEVEL_FILE=0;QUERY_CACHE_SIZE=256",
        "ledger",
        "");
  }

  boolean isH2() {
    return url.startsWith("jdbc:h2:");
  }

  /** The file of an embedded ledger; empty where another process keeps it, or only memory. */
  public Optional<Path> file() {
    Matcher matcher = EMBEDDED.matcher(url);
    return matcher.matches()
        ? Optional.of(Path.of(matcher.group(1) + ".mv.db").toAbsolutePath())
        : Optional.empty();
  }

  /** The same kind of ledger in another file, whose name must end in {@code .mv.db}. */
  LedgerLogin at(Path other) {
    String path = other.toAbsolutePath().toString();
    Matcher matcher = EMBEDDED.matcher(url);
    if (!matcher.matches() || !path.endsWith(".mv.db")) {
      throw new IllegalArgumentException(url + " can't be at " + other);
    }
    return new LedgerLogin(
        url.substring(0, matcher.start(1))
            + path.substring(0, path.length() - ".mv.db".length())
            + url.substring(matcher.end(1)),
        user,
        password);
  }

  @Override
  public String toString() {
    return SECRET_PART.matcher(url).replaceAll("$1***"); // never the password
  }
}
