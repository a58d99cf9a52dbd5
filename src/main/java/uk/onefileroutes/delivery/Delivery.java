package uk.onefileroutes.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Slot;
import uk.onefileroutes.ledger.Claim;
import uk.onefileroutes.ledger.RowKey;
import uk.onefileroutes.ledger.Settlement;
import uk.onefileroutes.onefile.LearnerEntries;
import uk.onefileroutes.onefile.OnefileCall;
import uk.onefileroutes.onefile.Outcome;

/**
 * One claimed request on its way through {@code deliver-request}. Belongs to one exchange, used by
 * one thread at a time.
 */
public final class Delivery {
  static final String VARIABLE = "delivery";

  private final Claim claim;
  private final OnefileCall call;
  private final Predicate<Delivery> mark;
  private @Nullable LearnerEntries aims;
  private boolean isPutOff;
  private @Nullable Hindrance hindrance;
  private @Nullable Instant markedAt;
  private Result result = Result.DUE;
  private @Nullable Settlement settlement;
  private List<RowKey> giveBack = List.of();

  /** What becomes of it; the route branches by the word. */
  public enum Result {
    /** Its slot holds what it asks for already. */
    UNCHANGED,
    SENT,
    REJECTED,
    /** It failed, and is tried again later. */
    AGAIN,
    BLOCKED,
    /** The whole account waits; the request is due again and no attempt was made. */
    PAUSED,
    /** It was not sent, and stays due. */
    DUE
  }

  /**
   * Why its own call is not made.
   *
   * @param isSignOfOutage whether that may be because Onefile does not answer anybody
   * @param at when that began
   */
  record Hindrance(Outcome outcome, boolean isSignOfOutage, Instant at) {}

  /**
   * @param mark writes down that it is on its way, if it may leave
   */
  Delivery(Claim claim, Predicate<Delivery> mark) {
    this.claim = claim;
    this.mark = mark;
    this.call =
        OnefileCall.assignment(claim.request().path(), claim.request().payload(), this::mark);
  }

  /** Writes down that it is on its way, unless it is so already; whether that is so now. */
  boolean mark() {
    return isMarked() || mark.test(this);
  }

  /** The standard of a level 3 request. */
  String standard() {
    return requireNonNull(Slot.of(claim.request().slot()).standard());
  }

  /** What of the learner's aims is being read for it; null: nothing. */
  @Nullable LearnerEntries aims() {
    return aims;
  }

  void reads(LearnerEntries newAims) {
    aims = newAims;
  }

  /** Nothing was learned; it stays due. */
  void putOff() {
    isPutOff = true;
  }

  /** Its call is not made; it is settled by this instead. */
  void hinder(Outcome outcome, boolean isSignOfOutage, Instant at) {
    hindrance = new Hindrance(outcome, isSignOfOutage, at);
  }

  @Nullable Hindrance hindrance() {
    return hindrance;
  }

  boolean isHindered() {
    return isPutOff || hindrance != null;
  }

  Claim claim() {
    return claim;
  }

  OnefileCall call() {
    return call;
  }

  /** What becomes of it, in lower case. */
  public String result() {
    return result.name().toLowerCase(Locale.ROOT);
  }

  /** The ledger says that it is on its way; from here on it must be settled, sent or not. */
  void marked(Instant at) {
    markedAt = at;
  }

  boolean isMarked() {
    return markedAt != null;
  }

  /** When it left; where it did not, when it was to leave. */
  Instant sentAt() {
    if (hindrance != null) {
      return hindrance.at;
    }
    return call.timesSent() == 0 && markedAt != null ? markedAt : call.sentAt();
  }

  void decided(Result newResult) {
    result = newResult;
  }

  /**
   * What is to be written down.
   *
   * @param others rows that get an attempt back, perhaps its own among them
   */
  void decided(Result newResult, Settlement newSettlement, List<RowKey> others) {
    result = newResult;
    settlement = newSettlement;
    giveBack = others;
  }

  @Nullable Settlement settlement() {
    return settlement;
  }

  List<RowKey> giveBack() {
    return giveBack;
  }

  @Override
  public String toString() {
    return "request of row " + claim.key(); // what a route may log
  }
}
