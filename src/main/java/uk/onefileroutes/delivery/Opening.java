package uk.onefileroutes.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.onefile.Answer;
import uk.onefileroutes.onefile.Login;
import uk.onefileroutes.onefile.Session;

/** Gets a session for a call, and brakes where there is none to be had. Thread-safe. */
final class Opening {
  private final Session session;
  private final Brake brake;
  private final Classifier classifier;

  Opening(Session session, Brake brake, Classifier classifier) {
    this.session = session;
    this.brake = brake;
    this.classifier = classifier;
  }

  /** The session's token; null if there is none now, for a reason that holds up all calls. */
  @Nullable String open() throws InterruptedException {
    Login.Outcome outcome = session.open();
    if (outcome instanceof Login.Outcome.Granted granted) {
      return granted.token();
    }
    if (outcome instanceof Login.Outcome.Refused refused) {
      Instant unused = brake.unauthorised(refused.reason());
    } else if (outcome instanceof Login.Outcome.Unavailable unavailable) {
      noSession(unavailable.answer());
    }
    return null;
  }

  private void noSession(Answer answer) {
    if (classifier.classify(answer) instanceof Outcome.Throttled throttled) {
      Instant unused = brake.throttled(throttled.until());
    } else {
      brake.noSession(answer);
    }
  }
}
