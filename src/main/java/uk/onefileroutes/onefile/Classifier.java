package uk.onefileroutes.onefile;

import java.util.Set;
import uk.onefileroutes.assignment.Code;

/** Says what an answer means. Stateless and thread-safe. */
public final class Classifier {
  private final Set<Integer> renewOn;
  private final AlreadyAssigned alreadyAssigned;

  /**
   * @param renewOn statuses that mean that the session is not accepted
   * @param alreadyAssigned errors that count as sent
   */
  public Classifier(Set<Integer> renewOn, AlreadyAssigned alreadyAssigned) {
    this.renewOn = renewOn;
    this.alreadyAssigned = alreadyAssigned;
  }

  public Outcome classify(Answer answer) {
    if (answer instanceof Answer.Reply reply) {
      return classify(reply);
    }
    Answer.Silence silence = (Answer.Silence) answer;
    return new Outcome.Failed(
        silence.cause(), null, silence.mayHaveArrived(), silence.mayHaveArrived());
  }

  private Outcome classify(Answer.Reply reply) {
    int status = reply.status();
    if (renewOn.contains(status)) {
      return new Outcome.Unauthorised(status);
    }
    if (status == 429) {
      return new Outcome.Throttled(reply.retryAt());
    }
    if (status >= 200 && status < 300 && !reply.isHtml()) {
      return new Outcome.Sent(Code.SENT, "Assigned.");
    }
    if (status < 400 || status == 408 || status >= 500) {
      String what = "HTTP " + status + (reply.isHtml() ? " with an HTML page" : "");
      String said = reply.isHtml() ? "" : reply.message();
      return new Outcome.Failed(what, said, reply.retryAt(), true, false);
    }
    if (alreadyAssigned.matches(reply.code(), reply.message())) {
      return new Outcome.Sent(
          Code.ALREADY_ASSIGNED, "Onefile says that it was assigned already. " + said(reply));
    }
    return new Outcome.Rejected(code(status), said(reply));
  }

  private static Code code(int status) {
    return switch (status) {
      case 403 -> Code.FORBIDDEN;
      case 404 -> Code.NOT_FOUND;
      case 409 -> Code.CONFLICT;
      case 410 -> Code.GONE;
      case 422 -> Code.UNPROCESSABLE;
      default -> Code.BAD_REQUEST;
    };
  }

  private static String said(Answer.Reply reply) {
    String message = reply.message().isEmpty() ? "no reason given" : reply.message();
    String code = reply.code() == null ? "" : " (Onefile's code " + reply.code() + ")";
    return "Onefile said: " + message + code;
  }
}
