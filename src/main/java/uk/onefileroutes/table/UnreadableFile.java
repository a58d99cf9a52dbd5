package uk.onefileroutes.table;

import java.io.Serial;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.shown.Shown;

/** A whole file is refused, before any of its rows counts. The sentences are for its sender. */
public final class UnreadableFile extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final FileCode code;
  private final String what;
  private final long line;
  private final String remedy;

  /**
   * @param line the physical line, from 1; 0 where it is the file as a whole
   * @param remedy how the sender can fix it
   */
  public UnreadableFile(FileCode code, String what, long line, String remedy) {
    super(Shown.line(code + (line > 0 ? " in line " + line : "") + ": " + what + " " + remedy));
    this.code = code;
    this.what = Shown.line(what); // what the file says may be in it
    this.line = line;
    this.remedy = Shown.line(remedy);
  }

  public FileCode code() {
    return code;
  }

  /** What is wrong, a sentence. */
  public String what() {
    return what;
  }

  /** The physical line, from 1; 0 where it is the file as a whole. */
  public long line() {
    return line;
  }

  /** How to fix it, a sentence. */
  public String remedy() {
    return remedy;
  }

  /**
   * The same, found out only while the rows were being iterated; iterators can't throw it as it is.
   */
  public static final class WhileReading extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
    private final UnreadableFile reason;

    public WhileReading(UnreadableFile reason) {
      super(reason.getMessage(), reason);
      this.reason = reason;
    }

    public UnreadableFile reason() {
      return reason;
    }
  }
}
