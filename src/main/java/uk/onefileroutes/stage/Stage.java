package uk.onefileroutes.stage;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.shown.Shown;

/**
 * A stage of a file's way: what it fails at, since when and why, until it succeeds at the same.
 * Kept in memory only: a process that starts knows of no failure until it meets one. Thread-safe;
 * never waits.
 */
public final class Stage {
  private static final int MAX_REASON = 500;

  private final Name name;
  private final InstantSource clock;
  private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();

  /** The stages, and what can't be done while one fails. */
  public enum Name {
    INTAKE("intake", "files can't be accepted"),
    PLANNING("planning", "accepted files can't be planned"),
    SETTLING("settling", "calls and their answers can't be written down"),
    RESULTS("results", "results can't be written");

    private final String word;
    private final String sentence;

    Name(String word, String sentence) {
      this.word = word;
      this.sentence = sentence;
    }

    /** As status and metrics have it. */
    public String word() {
      return word;
    }

    /** What does not work, without a capital and a full stop. */
    public String sentence() {
      return sentence;
    }
  }

  /** What is at fault. */
  public enum Cause {
    LEDGER,
    /** A server's key or login, which has an alarm of its own. */
    SERVER_REFUSAL,
    OTHER;

    /** By what was thrown. */
    public static Cause of(Throwable failure) {
      return Causes.find(failure, LedgerException.class) == null ? OTHER : LEDGER;
    }
  }

  /**
   * Something that fails.
   *
   * @param about the feed, file or row that it concerns; empty where it may be any
   * @param since when it began
   * @param last when it failed last
   * @param failures in a row
   * @param reason of the last failure, for people
   */
  public record Trouble(
      Name stage,
      String about,
      Instant since,
      Instant last,
      int failures,
      Cause cause,
      String reason) {
    /** Whether it was more than a moment's: the next attempt failed too. */
    public boolean isConfirmed() {
      return failures > 1;
    }

    /** {@code files can't be accepted (feed inbox)}. */
    public String what() {
      return stage.sentence() + (about.isEmpty() ? "" : " (" + about + ")");
    }

    /** The same with its beginning and its reason. */
    public String sentence() {
      return "%s since %s: %s".formatted(what(), since, reason);
    }
  }

  public Stage(Name name, InstantSource clock) {
    this.name = name;
    this.clock = clock;
  }

  /** Something failed, and will be tried again. */
  public void failed(String about, Throwable failure) {
    failed(about, Cause.of(failure), reason(failure));
  }

  /** The same, where more is known of it. */
  public void failed(String about, Cause cause, String reason) {
    Instant now = clock.instant();
    String line = Shown.line(reason, MAX_REASON);
    troubles.merge(
        about,
        new Trouble(name, about, now, now, 1, cause, line),
        (before, first) ->
            new Trouble(name, about, before.since(), now, before.failures() + 1, cause, line));
  }

  /** It works, or nobody asks for it any more. */
  public void succeeded(String about) {
    troubles.remove(about);
  }

  /** All of it works, or is asked for no more, but what still waits. */
  public void succeededBut(Set<String> waiting) {
    troubles.keySet().retainAll(waiting);
  }

  /** How often this failed in a row: the same number again means that it did not fail since. */
  public int failures(String about) {
    Trouble trouble = troubles.get(about);
    return trouble == null ? 0 : trouble.failures();
  }

  /** What fails now, the longest first; empty while all is well. */
  public List<Trouble> troubles() {
    return troubles.values().stream()
        .sorted(Comparator.comparing(Trouble::since).thenComparing(Trouble::about))
        .toList();
  }

  /**
   * What a failure says to people: the sentence of what lies at its root. Of a file it says the
   * folder: names of files are not for everybody whom an alarm reaches.
   */
  public static String reason(Throwable failure) {
    LedgerException ledger = Causes.find(failure, LedgerException.class);
    if (ledger != null) {
      return "the ledger refuses it: " + ledger.getMessage();
    }
    Throwable root = Causes.root(failure);
    if (root instanceof FileSystemException file && file.getFile() != null) {
      return "%s (in %s)".formatted(Causes.reason(file), Path.of(file.getFile()).getParent());
    }
    return Causes.words(failure);
  }
}
