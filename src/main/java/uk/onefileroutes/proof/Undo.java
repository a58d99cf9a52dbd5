package uk.onefileroutes.proof;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import uk.onefileroutes.onefile.PathUser;

/**
 * What a person has to look at in Onefile, and to undo there: no call takes anything back. Pure.
 */
final class Undo {
  private Undo() {}

  static List<String> of(Subject subject, Observed observed) {
    Set<String> undo = new LinkedHashSet<>();
    for (Trial trial : observed.trials) {
      // where no answer came it may have been done all the same
      if (trial.seen().isYes() || trial.seen().status() == 0) {
        undo.add(sentence(subject, trial));
      }
    }
    if (observed.isArchivedAssigned) {
      undo.add(
          "Take the archived assessor off learner %d, if Onefile shows one there."
              .formatted(subject.learner()));
    }
    if (observed.isUnknownAssigned) {
      undo.add(
          "Look at the assignments of learner %d: an assignee who does not exist was accepted."
              .formatted(subject.learner()));
    }
    if (observed.update != null && !observed.update.change().emptied().isEmpty()) {
      undo.add(
          "Fill in again what is empty now in the account of learner %d: %s."
              .formatted(subject.learner(), Members.list(observed.update.change().emptied())));
    }
    return new ArrayList<>(undo);
  }

  private static String sentence(Subject subject, Trial trial) {
    String form =
        trial.form().pathUser() == PathUser.ASSIGNEE
            ? ""
            : " It was sent with %s: look at both accounts.".formatted(trial.form().words());
    return switch (trial.level()) {
      case 3 ->
          "Give the learning aim of standard %d of learner %d back to whom it had before, in place of %s.%s"
              .formatted(subject.standard(), subject.learner(), trial.who(), form);
      case 2 ->
          "Give unit %s of learner %d back to whom it had before, in place of %s.%s"
              .formatted(subject.unit(), subject.learner(), trial.who(), form);
      default ->
          "Take %s off learner %d, additional (level 1), if Onefile shows it there.%s"
              .formatted(trial.who(), subject.learner(), form);
    };
  }
}
