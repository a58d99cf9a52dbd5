package uk.onefileroutes.feed;

import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.shown.Shown;

/** Something with a remote place failed; the message is a sentence for people, without secrets. */
public final class PlaceFailure extends GenericFileOperationFailedException {
  private static final long serialVersionUID = 1L;
  private final boolean isAway;
  private final @Nullable Refusal refusal;

  /** What keeps us out of a place until a person does something. */
  public enum Refusal {
    /** It shows a key that is not trusted. */
    HOST_KEY,
    /** It does not take the login. */
    LOGIN
  }

  /**
   * @param isAway whether the whole place is away, not just unwilling to do this one thing
   */
  public PlaceFailure(String sentence, boolean isAway, @Nullable Throwable cause) {
    this(sentence, isAway, null, cause);
  }

  /**
   * @param refusal null where it may pass by itself
   */
  public PlaceFailure(
      String sentence, boolean isAway, @Nullable Refusal refusal, @Nullable Throwable cause) {
    super(Shown.line(sentence), cause); // a server's own words may be in it
    this.isAway = isAway;
    this.refusal = refusal;
  }

  /** What keeps us out; null where it may pass by itself. */
  public @Nullable Refusal refusal() {
    return refusal;
  }

  /** Whether the whole place is away, not just unwilling to do this one thing. */
  public boolean isAway() {
    return isAway;
  }

  /** The failure of a place that is among the causes of another; null where there is none. */
  public static @Nullable PlaceFailure in(Throwable failure) {
    return Causes.find(failure, PlaceFailure.class);
  }
}
