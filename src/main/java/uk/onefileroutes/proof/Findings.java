package uk.onefileroutes.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.onefile.PathUser;

/**
 * What follows from what was observed. Pure.
 *
 * @param keys to set
 * @param open what is not settled, or must not be ignored; a sentence each
 * @param undo what to look at in Onefile and to undo there by hand; a sentence each
 * @param isIdSettled whether it is known whose id stands in the path of Assign
 */
public record Findings(
    List<Setting> keys, List<String> open, List<String> undo, boolean isIdSettled) {
  static final int SAFE_PAGE = 50;

  /** A key of {@code application.properties}, its value and the reason. */
  public record Setting(String key, String value, String why) {}

  /**
   * What the bundle goes by now.
   *
   * @param assigneeField of {@code onefile.assign.assignee-field}
   * @param renewOn statuses that mean that a session is over
   */
  public record Present(String assigneeField, Set<Integer> renewOn) {}

  public Findings {
    keys = List.copyOf(keys);
    open = List.copyOf(open);
    undo = List.copyOf(undo);
  }

  static Findings of(Subject subject, Observed observed, Present present) {
    List<Setting> keys = new ArrayList<>();
    List<String> open = new ArrayList<>();
    Form settled = path(observed.trials, keys, open);
    repeats(observed, keys, open);
    session(observed.session, present, keys, open);
    pages(observed.pages, keys, open);
    update(observed.update, open);
    if (observed.isUnknownAssigned) {
      open.add(
          "Onefile said yes to an assignee whom it does not know: a wrong id in a file would be"
              + " reported as sent. Tell Onefile.");
    }
    return new Findings(keys, open, Undo.of(subject, observed), settled != null);
  }

  /** Whose id stands in the path; null: that is not settled. */
  private static @Nullable Form path(List<Trial> trials, List<Setting> keys, List<String> open) {
    if (trials.isEmpty()) {
      open.add("The {id} of Assign: nothing was sent.");
      return null;
    }
    Form settled = settled(trials, open);
    if (settled == null) {
      return null;
    }
    String why =
        trials.stream().anyMatch(trial -> trial.form().equals(settled) && trial.effect().isShown())
            ? "Onefile shows what was assigned with %s.".formatted(settled.words())
            : "Onefile said yes to %s, and no to the other reading.".formatted(settled.words());
    keys.add(
        new Setting(
            "onefile.assign.path-user",
            settled.pathUser() == PathUser.ASSIGNEE ? "assignee" : "learner",
            why));
    if (settled.pathUser() == PathUser.LEARNER) {
      keys.add(
          new Setting(
              "onefile.assign.assignee-field", settled.field(), "The member that it accepted."));
    }
    return settled;
  }

  private static @Nullable Form settled(List<Trial> trials, List<String> open) {
    List<Form> shown = forms(trials.stream().filter(each -> each.effect().isShown()).toList());
    if (shown.size() == 1) {
      return shown.get(0);
    }
    List<Trial> yes = trials.stream().filter(trial -> trial.seen().isYes()).toList();
    List<Form> accepted = forms(yes);
    if (shown.size() > 1) {
      open.add("The {id} of Assign: Onefile shows assignments of both readings. Ask Onefile.");
    } else if (accepted.isEmpty()) {
      open.add(
          "The {id} of Assign: no reading was accepted. Is the assessor assigned to the learner"
              + " already, or not an assessor? Try another one; then ask Onefile, with --out.");
    } else if (readings(accepted) > 1) {
      open.add(
          "The {id} of Assign: Onefile said yes to both readings, so yes proves nothing. Look in"
              + " Onefile which of them assigned the assessor, and set onefile.assign.path-user by"
              + " that."
              + (trials.stream().allMatch(trial -> trial.level() == 1)
                  ? " Or run it again with --standard: level 3 may be read back."
                  : ""));
    } else if (!accepted.get(0).namesAssignee()) {
      open.add(
          "The {id} of Assign: Onefile accepted a request that names no assignee only. Ask Onefile"
              + " how the body names who is assigned.");
    } else if (!isOtherRefused(trials, accepted.get(0).pathUser())) {
      open.add(
          "The {id} of Assign: Onefile said yes to %s, but the other reading got no answer. Run it"
                  .formatted(accepted.get(0).words())
              + " again.");
    } else if (yes.stream().anyMatch(trial -> trial.effect().isMissing())) {
      open.add(
          "The {id} of Assign: Onefile said yes to %s, and its answers show no change where they"
                  .formatted(accepted.get(0).words())
              + " name who is assigned. Look in Onefile before you trust it.");
    } else {
      return accepted.get(0);
    }
    return null;
  }

  private static List<Form> forms(List<Trial> trials) {
    return trials.stream().map(Trial::form).distinct().toList();
  }

  private static long readings(List<Form> forms) {
    return forms.stream().map(Form::pathUser).distinct().count();
  }

  private static boolean isOtherRefused(List<Trial> trials, PathUser accepted) {
    List<Trial> others =
        trials.stream().filter(trial -> trial.form().pathUser() != accepted).toList();
    return !others.isEmpty() && others.stream().allMatch(trial -> trial.seen().isNo());
  }

  private static void repeats(Observed observed, List<Setting> keys, List<String> open) {
    Set<Integer> codes = new TreeSet<>();
    for (Trial repeat : observed.repeats) {
      Integer code = repeat.seen().code();
      if (repeat.seen().isYes()) {
        continue;
      }
      String what = "A repeated assignment of level " + repeat.level();
      if (!repeat.seen().isNo()) {
        open.add(what + " got no answer.");
      } else if (code == null) {
        open.add(
            what
                + " is refused, without a code of Onefile's. Set onefile.already-assigned.pattern"
                + " by the message in the results of such a row.");
      } else if (observed.codesOfOtherErrors.contains(code)) {
        open.add(
            "%s is refused with code %d, which other errors have too. Set".formatted(what, code)
                + " onefile.already-assigned.pattern by the message in the results of such a row,"
                + " not the code.");
      } else {
        codes.add(code);
      }
    }
    if (!codes.isEmpty()) {
      keys.add(
          new Setting(
              "onefile.already-assigned.codes",
              codes.stream().map(String::valueOf).collect(Collectors.joining(",")),
              "What Onefile answered to an assignment that was there already."));
    }
  }

  private static void session(
      @Nullable Seen session, Present present, List<Setting> keys, List<String> open) {
    if (session == null || present.renewOn.contains(session.status())) {
      return;
    }
    int status = session.status();
    if (status >= 400 && status < 500 && status != 408 && status != 429) {
      Set<Integer> all = new TreeSet<>(present.renewOn);
      all.add(status);
      keys.add(
          new Setting(
              "onefile.renew-on",
              all.stream().map(String::valueOf).collect(Collectors.joining(",")),
              "What Onefile answered to a session that it never gave."));
    } else {
      open.add(
          "A session that is not valid: %s. No key can make that a reason to log in again; ask"
                  .formatted(session.words())
              + " Onefile.");
    }
  }

  private static void pages(List<Observed.Page> pages, List<Setting> keys, List<String> open) {
    int best = 0;
    int before = 0;
    for (Observed.Page page : pages) {
      if (page.found() > before && page.size() > SAFE_PAGE) {
        best = page.size();
      }
      before = Math.max(before, page.size());
    }
    boolean isFew =
        !pages.isEmpty()
            && pages.stream().allMatch(page -> page.found() >= 0 && page.found() < SAFE_PAGE);
    if (best > 0) {
      keys.add(
          new Setting(
              "directory.page-size",
              String.valueOf(best),
              "The largest page of which Onefile gave more than the next smaller one may hold."));
    } else if (isFew) {
      open.add(
          "Page sizes: the centre has fewer than %d such accounts, so what a larger page would hold"
                  .formatted(SAFE_PAGE)
              + " can't be told. Keep directory.page-size.");
    }
  }

  private static void update(Observed.@Nullable Update update, List<String> open) {
    if (update == null) {
      open.add("Whether a default leaves other members alone was not tried.");
    } else if (!update.seen().isYes()) {
      open.add(
          "A default sent back as it stood was not accepted: %s.".formatted(update.seen().words()));
    } else if (!update.change().emptied().isEmpty()) {
      open.add(
          "Don't send defaults: sending %s emptied other members (%s). Ask Onefile."
              .formatted(update.member(), Members.list(update.change().emptied())));
    } else if (!update.isTelling()) {
      open.add(
          "Whether a default leaves other members alone can't be told: this learner has no other"
              + " values that could be lost.");
    }
  }
}
