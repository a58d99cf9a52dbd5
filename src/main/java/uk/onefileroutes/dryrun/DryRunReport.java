package uk.onefileroutes.dryrun;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What would happen with a file, as the command {@code plan} shows it and as JSON has it. Moments
 * are UTC.
 *
 * @param lists the first of each
 * @param outputs what was written besides
 */
public record DryRunReport(
    @JsonUnwrapped About about,
    @JsonUnwrapped NotDone notDone,
    @JsonUnwrapped Planned planned,
    @JsonUnwrapped Hold hold,
    Calls calls,
    Lists lists,
    Outputs outputs) {

  /**
   * Which file it is about.
   *
   * @param file its name
   * @param no its number; null where the ledger does not know it
   * @param feed whose columns and rules it was read by
   */
  public record About(String file, @Nullable Long no, @Nullable String feed) {}

  /**
   * Why nothing else is said.
   *
   * @param fault what can't be done as it was asked for, a sentence
   * @param refused why the file would be refused as a whole, and how to fix it
   */
  public record NotDone(@Nullable String fault, @Nullable String refused) {
    static final NotDone NONE = new NotDone(null, null);
  }

  /**
   * What would become of its rows.
   *
   * @param rows rows by the state that they would get; an assignment each
   * @param sent what would be sent
   * @param gone slots that the feed's last file held and this one does not name
   * @param invalid codes of invalid rows, with how often each stands there
   * @param ignored the same of rows that ask for nothing
   */
  public record Planned(
      Map<String, Long> rows,
      Sent sent,
      Gone gone,
      Map<String, Long> invalid,
      Map<String, Long> ignored) {
    static final Planned NOTHING =
        new Planned(Map.of(), new Sent(0, 0, 0, ""), new Gone(0, 0), Map.of(), Map.of());
  }

  /**
   * Why a person would have to look first; null both where it would be released.
   *
   * @param held codes for which it would be held
   * @param heldWhy the same as sentences
   */
  public record Hold(@Nullable String held, @Nullable String heldWhy) {
    static final Hold NONE = new Hold(null, null);
  }

  /**
   * What would be sent.
   *
   * @param adds to slots of which it is not known that they hold anything
   * @param changes to slots that hold something else
   * @param repeats to slots that hold just that: by plan.resend or plan.trust-days, or because an
   *     older request for the slot is not answered yet, and then only if it is still needed
   * @param digest over all of it: slot, who is there, who would be; for a release of just that
   */
  public record Sent(long adds, long changes, long repeats, String digest) {}

  /**
   * What is not named any more; nothing would be done about it.
   *
   * @param lastFile the file that held it; 0 where there is none
   */
  public record Gone(long slots, long lastFile) {}

  /**
   * Calls to Onefile.
   *
   * @param amount for this file
   * @param before requests that wait already
   * @param minutes until the last call for this file, through plan and closed windows; null where
   *     no end is in sight
   * @param finishAt when that would be
   */
  public record Calls(
      long amount, long before, @Nullable Long minutes, @Nullable String finishAt) {}

  /** The first of each, at most {@link DryRunSteps#LISTED}. */
  public record Lists(List<Change> changes, List<Invalid> invalid, List<GoneSlot> gone) {
    static final Lists NONE = new Lists(List.of(), List.of(), List.of());
  }

  /** A row that would replace what its slot is known to hold. */
  public record Change(long row, long learner, String slot, long from, long to) {}

  /**
   * What would be refused for the same fault.
   *
   * @param row the first row of it
   * @param rows how many have it
   */
  public record Invalid(long row, long rows, String codes, String message) {}

  /** A slot that is not named any more, and what it holds. */
  public record GoneSlot(long learner, String slot, long assignee) {}

  /**
   * Files of the instance, to be taken soon.
   *
   * @param rows the input with what would become of each row; null where it was not asked for
   * @param requests a line for each request; null where it was not asked for
   */
  public record Outputs(@Nullable String rows, @Nullable String requests) {
    static final Outputs NONE = new Outputs(null, null);
  }

  /** It can't be done as it was asked for. */
  static DryRunReport fault(String file, String sentence) {
    return nothing(new About(file, null, null), new NotDone(sentence, null));
  }

  /** It would be refused as a whole. */
  static DryRunReport refused(String file, @Nullable Long no, String feed, String why) {
    return nothing(new About(file, no, feed), new NotDone(null, why));
  }

  private static DryRunReport nothing(About about, NotDone why) {
    return new DryRunReport(
        about,
        why,
        Planned.NOTHING,
        Hold.NONE,
        new Calls(0, 0, null, null),
        Lists.NONE,
        Outputs.NONE);
  }

  /** Whether a person should look before it is sent in earnest. */
  public boolean needsAttention() {
    return notDone.refused() != null || hold.held() != null || !planned.invalid().isEmpty();
  }
}
