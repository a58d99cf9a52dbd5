package uk.onefileroutes.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.SenderMails.Owed;

/**
 * What a feed's sender is told by mail of one answer. Its verbs without parameters are what the
 * texts in the routes may use. Nothing of a row is in it, and nothing in it ends a line.
 *
 * @param to who gets it
 * @param instance who says it
 * @param counts of the file's assignments by state
 * @param codes of those that did not go well, commonest first
 */
public record ResultsMail(
    Owed owed,
    List<String> to,
    String instance,
    Map<RowState, Long> counts,
    Map<String, Long> codes) {
  private static final int MAX_CODES = 10;

  private FileEntry file() {
    return owed.file();
  }

  /** The addresses, as a header has them. */
  public String recipients() {
    return String.join(", ", to);
  }

  /** In a few words: which file, and what came of it. */
  public String headline() {
    return "%s: %s".formatted(name(), isRead() ? state() + ", " + assignments() : state());
  }

  /** The name under which the file came. */
  public String name() {
    return SafeName.of(file().name());
  }

  /** Its number. */
  public long no() {
    return file().no();
  }

  /** Its feed. */
  public String feed() {
    return file().feed();
  }

  /** Its state in one word. */
  public String state() {
    return file().state().word();
  }

  /** What its state means for its sender. */
  public String meaning() {
    return switch (file().state()) {
      case RECEIVING, DELIVERING ->
          "It is being delivered. What is not final yet is tried again; a complete set of results follows.";
      case HELD -> "Nothing of it was sent: it waits for a person who releases or cancels it.";
      case DONE -> "All of it is final.";
      case REFUSED -> "It could not be read (" + file().code() + "), and nothing of it was sent.";
      case CANCELLED -> "Nothing more of it is sent: a person cancelled it.";
    };
  }

  /** How many assignments are in which state. */
  public String assignments() {
    return RowState.words(counts);
  }

  /** The codes with their counts; says so where there are none. */
  public String problems() {
    if (codes.isEmpty()) {
      return "none";
    }
    String most =
        codes.entrySet().stream()
            .limit(MAX_CODES)
            .map(code -> code.getValue() + " " + code.getKey())
            .collect(Collectors.joining(", "));
    return codes.size() > MAX_CODES ? most + ", and others" : most;
  }

  /** What lies in the results place. */
  public String answers() {
    @Nullable String rejects = owed.rejectsName();
    return rejects == null ? owed.resultsName() : owed.resultsName() + ", " + rejects;
  }

  private boolean isRead() {
    return file().state() != FileState.REFUSED;
  }
}
