package uk.onefileroutes.feed;

import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.KeyTable.Topic;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.keys.Type;
import uk.onefileroutes.ledger.Trust;

/** The keys {@code plan.*}: of all feeds, or of one. */
public final class PlanKeys {
  public static final Topic TOPIC =
      new Topic(
          "planning. These hold for all feeds; a feed's own file may say otherwise for itself");

  public static final Key<Boolean> RESEND =
      TOPIC.add(
          Key.of("plan.resend", Type.words("changes", false, "always", true))
              .orElse("changes")
              .means(
                  "Which valid rows are sent: changes (what the slot is not known to hold), or always (every one, DUPLICATE_ROW and SUPERSEDED aside). always: each row of each file costs a call, whatever Onefile holds."));

  public static final Key<Integer> TRUST_DAYS =
      TOPIC.add(
          Key.of("plan.trust-days", Type.number(0, Trust.MAX_DAYS))
              .orElse("0")
              .means(
                  "How many days it is trusted that Onefile still holds what was sent; then an unchanged row is sent again. 0: for ever. Each slot is sent again between one and two times these days after it was sent last, at a moment of its own, so that a full export does not fall due in one night.")
              .raised(
                  "Changes made by hand in Onefile stay longer, fewer calls a night: of N slots about N divided by these days."));

  public static final Key<Integer> INVALID =
      TOPIC.add(
          percent("plan.hold.invalid-percent", "20")
              .means(
                  "A file is held where more than this share of its rows are invalid (of at least 20 rows that ask for something): nothing of it is sent until a person says release or cancel. Percent; 0: one invalid row holds; 100 or never: no share holds. Lowered: more files wait for a person.")
              .raised("A broken export is sent as far as it can be read."));

  public static final Key<Integer> CHANGES =
      TOPIC.add(
          percent("plan.hold.change-percent", "50")
              .means(
                  "The same for changes: a file is held where more than this share of the slots that it names, and that are known to hold something, would be made to hold something else (of at least 200 such slots). What is added never counts. Percent; 100 or never: no share holds. Lowered: more files wait for a person.")
              .raised(
                  "An export with shifted columns or another year's ids may replace everything."));

  public static final Key<Boolean> ALL_OR_NOTHING =
      TOPIC.add(
          Key.of("plan.all-or-nothing", Type.flag())
              .orElse("false")
              .means("Whether one invalid row holds the whole file."));

  public static final Key<Boolean> FIRST_FILE =
      TOPIC.add(
          Key.of("plan.hold.first-file", Type.flag())
              .example("false")
              .absent("true at Live, else false")
              .means(
                  "Whether the first file of a feed is held, so that a person looks: that is, each until one was released. Live is wsapi.onefile.co.uk in onefile.base-url."));

  private PlanKeys() {}

  private static Key<Integer> percent(String name, String byDefault) {
    return Key.of(name, Type.number(0, Holding.NEVER).or("never", Holding.NEVER)).orElse(byDefault);
  }

  /**
   * What the keys say.
   *
   * @param otherwise what holds where a key is missing
   */
  public static PlanRules read(Keys keys, PlanRules otherwise) {
    Trust trust = otherwise.trust();
    Holding holding = otherwise.holding();
    return new PlanRules(
        new Trust(
            keys.find(RESEND).orElse(trust.isNever()), keys.find(TRUST_DAYS).orElse(trust.days())),
        new Holding(
            keys.find(INVALID).orElse(holding.invalidPercent()),
            keys.find(CHANGES).orElse(holding.changePercent()),
            keys.find(ALL_OR_NOTHING).orElse(holding.allOrNothing()),
            keys.find(FIRST_FILE).orElse(holding.firstFile())));
  }
}
