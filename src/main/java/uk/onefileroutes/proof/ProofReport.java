package uk.onefileroutes.proof;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a proof.
 *
 * @param onefile the base URL
 * @param at when it began, UTC
 * @param stopped why it ended early; null: it didn't
 */
public record ProofReport(
    String onefile,
    String at,
    Subject subject,
    List<Fact> facts,
    Findings findings,
    @Nullable String stopped) {
  public ProofReport {
    facts = List.copyOf(facts);
  }
}
