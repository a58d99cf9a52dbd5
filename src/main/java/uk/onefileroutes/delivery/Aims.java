package uk.onefileroutes.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.onefile.LearnerEntries;
import uk.onefileroutes.onefile.LearnerList;
import uk.onefileroutes.onefile.OnefileCall;
import uk.onefileroutes.onefile.Outcome;
import uk.onefileroutes.onefile.Reading;

/**
 * The steps of {@code deliver-request} that ask for a learner's aims before a level 3 request is
 * sent, where that is wished. Nothing is sent on a guess: what can't be read is tried again as what
 * can't be sent. What was read counts for a minute, for the learner's next rows. Thread-safe.
 */
public final class Aims {
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final int MAX_LEARNERS = 10_000;

  private final boolean isWished;
  private final InstantSource clock;
  private final Map<Long, Known> known =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Known> eldest) {
          return size() > MAX_LEARNERS;
        }
      };

  /**
   * What was read of a learner.
   *
   * @param standards of the aims that the learner has
   * @param isWhole whether there are no others
   */
  private record Known(Set<String> standards, boolean isWhole, Instant at) {
    boolean isFresh(Instant now) {
      return !now.isBefore(at) && now.isBefore(at.plus(FRESH)); // the clock may be put back
    }
  }

  /**
   * @param isWished whether aims are asked for at all
   */
  public Aims(boolean isWished, InstantSource clock) {
    this.isWished = isWished;
    this.clock = clock;
  }

  /** Whether a page of the learner's aims is needed to know if the request may be sent. */
  public boolean isToBeRead(@Variable("delivery") Delivery delivery) {
    if (!isWished
        || delivery.isHindered()
        || !delivery.claim().request().kind().equals(Kind.LEARNING_AIM.word())) {
      return false;
    }
    if (delivery.aims() == null) {
      String standard = delivery.standard();
      @Nullable Known read = known(delivery.claim().learner());
      if (read != null && read.standards.contains(standard)) {
        return false;
      }
      if (read != null && read.isWhole) {
        hinder(delivery, notFound(standard), false, clock.instant());
        return false;
      }
      delivery.reads(
          new LearnerEntries(LearnerList.AIMS, delivery.claim().learner(), Set.of(standard)));
    }
    return !requireNonNull(delivery.aims()).isDone();
  }

  /** Makes the call for the next page the body. */
  public void ask(Exchange exchange) {
    LearnerEntries aims = requireNonNull(delivery(exchange).aims());
    exchange.getMessage().setBody(aims.next().beforeAnAssignment());
  }

  /** Takes what came of that call, and makes the request's own call the body again. */
  public void take(Exchange exchange) {
    Delivery delivery = delivery(exchange);
    take(delivery, OnefileCall.of(exchange));
    exchange.getMessage().setBody(delivery.call());
  }

  private void take(Delivery delivery, OnefileCall call) {
    LearnerEntries aims = requireNonNull(delivery.aims());
    Reading reading = call.reading();
    if (reading instanceof Reading.Found answer) {
      if (!aims.take(answer)) {
        hinder(delivery, failed("HTTP " + answer.status() + " without a list"), false, call);
      } else if (aims.isDone()) {
        judge(delivery, aims, call);
      }
    } else if (reading instanceof Reading.Failed failed) {
      hinder(delivery, failed(failed.cause()), true, call);
    } else if (reading instanceof Reading.Refused refused) {
      hinder(delivery, failed(refused.why()), false, call);
    } else {
      delivery.putOff();
    }
  }

  private void judge(Delivery delivery, LearnerEntries aims, OnefileCall call) {
    remember(delivery.claim().learner(), aims);
    String standard = delivery.standard();
    if (aims.has(standard)) {
      return;
    }
    Outcome outcome =
        aims.isWhole()
            ? notFound(standard)
            : failed("the list does not end, or names no standards");
    hinder(delivery, outcome, false, call);
  }

  private static void hinder(
      Delivery delivery, Outcome outcome, boolean isSignOfOutage, OnefileCall call) {
    hinder(delivery, outcome, isSignOfOutage, call.sentAt());
  }

  private static void hinder(
      Delivery delivery, Outcome outcome, boolean isSignOfOutage, Instant at) {
    if (delivery.mark()) {
      delivery.hinder(outcome, isSignOfOutage, at);
    } else {
      delivery.putOff();
    }
  }

  private static Outcome notFound(String standard) {
    return new Outcome.Rejected(
        Code.AIM_NOT_FOUND,
        "Not sent: Onefile lists no learning aim of standard %s for this learner."
            .formatted(standard));
  }

  private static Outcome failed(String why) {
    return new Outcome.Failed("the learner's aims can't be read: " + why, null, false, false);
  }

  private static Delivery delivery(Exchange exchange) {
    return requireNonNull(exchange.getVariable(Delivery.VARIABLE, Delivery.class));
  }

  private synchronized @Nullable Known known(long learner) {
    @Nullable Known read = known.get(learner);
    return read != null && read.isFresh(clock.instant()) ? read : null;
  }

  private synchronized void remember(long learner, LearnerEntries aims) {
    @Nullable Known unused = known.remove(learner); // the newest are kept
    @Nullable Known unusedToo =
        known.put(learner, new Known(aims.ids(), aims.isWhole(), clock.instant()));
  }
}
