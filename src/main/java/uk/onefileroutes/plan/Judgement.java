package uk.onefileroutes.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import uk.onefileroutes.assignment.HoldCode;

/**
 * Whether a file that was read whole goes to delivery, or is held for a person; and why.
 *
 * @param reasons a sentence for each reason; none: it is released
 * @param notes what else there is to say about how it compares with the files before it
 */
public record Judgement(Map<HoldCode, String> reasons, List<String> notes) {
  public Judgement {
    reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
    notes = List.copyOf(notes);
  }

  public boolean isHeld() {
    return !reasons.isEmpty();
  }

  /** The codes of all reasons, joined with {@code ;}. */
  public String codes() {
    return reasons.keySet().stream().map(HoldCode::name).collect(Collectors.joining(";"));
  }

  /** All reasons, as sentences. */
  public String why() {
    return String.join(" ", reasons.values());
  }

  /**
   * All reasons as sentences, and what a person can do about it.
   *
   * @param no the file's number
   * @param toSend how many assignments a release would send
   * @param adds those of them that are not known to replace anybody
   * @param further other sentences about the file
   */
  String message(long no, long toSend, long adds, List<String> further) {
    List<String> sentences = new ArrayList<>(reasons.values());
    sentences.add(
        "`release %d` %s, %s`cancel %d` gives it up."
            .formatted(
                no,
                toSend == 0
                    ? "accepts it, and nothing is sent"
                    : toSend == 1
                        ? "sends its 1 valid assignment all the same"
                        : "sends its %,d valid assignments all the same".formatted(toSend),
                adds == 0 || adds == toSend
                    ? ""
                    : "`release %d --only adds` the %,d that %s nobody, "
                        .formatted(no, adds, adds == 1 ? "replaces" : "replace"),
                no));
    sentences.addAll(further); // last: an alarm has less room than the ledger
    return String.join(" ", sentences);
  }
}
