package uk.onefileroutes.feed;

import java.time.Duration;
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

  public static final Key<Integer> FROM =
      TOPIC.add(
          Key.of("plan.hold.from", Type.number(1, 1_000_000))
              .orElse("20")
              .means(
                  "From how many on a share is looked at: rows that ask for something for plan.hold.invalid-percent and plan.hold.column-empty, known slots for plan.hold.change-percent, slots of the last file for plan.hold.gone-percent. Of fewer a share says little: of three rows one is a third.")
              .raised("Smaller files are sent whatever is wrong with them."));

  public static final Key<Integer> INVALID =
      TOPIC.add(
          percent("plan.hold.invalid-percent", "20")
              .means(
                  "A file is held where more than this share of its rows are invalid: nothing of it is sent until a person says release or cancel. As many as were invalid with the same codes in the feed's last file don't count. Percent; 0: one new invalid row holds; 100 or never: no share holds. Lowered: more files wait for a person.")
              .raised("A broken export is sent as far as it can be read."));

  public static final Key<Integer> CHANGES =
      TOPIC.add(
          percent("plan.hold.change-percent", "50")
              .means(
                  "The same for changes: a file is held where more than this share of the slots that it names, and that are known to hold something, would be made to hold something else. What is added never counts. Percent; 100 or never: no share holds. Lowered: more files wait for a person.")
              .raised(
                  "An export with shifted columns or another year's ids may replace everything."));

  public static final Key<Integer> GONE =
      TOPIC.add(
          percent("plan.hold.gone-percent", "20")
              .means(
                  "The same for what is missing: a file is held where it does not name more than this share of the slots that the feed's last file with rows held. Slots whose rows are invalid now don't count. A file without rows after one with rows is held whatever this says. Percent; 100 or never: no share holds. Not looked at with feed.snapshot=partial, nor for a fixed rejects file. Lowered: more files wait for a person.")
              .raised("An export that was cut, or is of one department only, is sent."));

  public static final Key<Integer> CASELOAD =
      TOPIC.add(
          Key.of(
                  "plan.hold.caseload",
                  Type.number(0, 1_000_000).or("never", Holding.Doubts.ANY_CASELOAD))
              .orElse("50")
              .means(
                  "A file is held where one assignee would gain more learners than this from other assignees. What is added never counts. never: no number holds.")
              .raised(
                  "A default that was filled in by mistake moves so many learners to one person."));

  public static final Key<Boolean> COLUMN_EMPTY =
      TOPIC.add(
          Key.of("plan.hold.column-empty", Type.flag())
              .orElse("true")
              .means(
                  "Whether a file is held where a column that is read was filled in more than 90 % of the last file's rows, and is in less than 10 % of this one's."));

  public static final Key<Duration> OLDER =
      TOPIC.add(
          Key.of("plan.hold.older", older())
              .orElse("true")
              .means(
                  "Whether an old export is held: one that equals, byte for byte, an earlier file of the feed that is not its last, or that was changed longer than this before the last one. A duration, true (1h, as clocks that are not put forward and back with ours tell times that are an hour off), or false.")
              .raised("An export of before is sent, and undoes what came since."));

  public static final Key<Boolean> LAST_LINE_OPEN =
      TOPIC.add(
          Key.of("plan.hold.last-line-open", Type.flag())
              .orElse("true")
              .means(
                  "Whether a file is held whose last record has no line end although the feed's last file ended with one: it may be cut, and its last id too."));

  public static final Key<Boolean> SWAPPED =
      TOPIC.add(
          Key.of("plan.hold.swapped", Type.flag())
              .orElse("true")
              .means(
                  "Whether a file is held where more than half of its learners are known as assignees only, or more than half of its assignees as learners only."));

  public static final Key<Boolean> ALL_OR_NOTHING =
      TOPIC.add(
          Key.of("plan.all-or-nothing", Type.flag())
              .orElse("false")
              .means("Whether one invalid row holds the whole file."));

  public static final Key<PlanRules.Contradiction> CONTRADICTION =
      TOPIC.add(
          Key.of("plan.contradiction", Type.words(PlanRules.Contradiction.values()))
              .orElse("last")
              .means(
                  "What becomes of rows of one file that ask for different people in one place, such as two default assessors of a learner: last (the last row counts, and the file's message says so), or invalid (all of them are invalid, CONTRADICTION)."));

  public static final Key<Boolean> FIRST_FILE =
      TOPIC.add(
          Key.of("plan.hold.first-file", Type.flag())
              .example("false")
              .absent("true at Live, else false")
              .means(
                  "Whether the first file of a feed is held, so that a person looks: that is, each until one was released. Live is wsapi.onefile.co.uk in onefile.base-url."));

  public static final Key<Integer> APPROVALS =
      TOPIC.add(
          Key.of("plan.release.approvals", Type.number(1, 5))
              .orElse("1")
              .means(
                  "How many different people must approve that a held file is released, all of them the same plan; before that it stays held. A command is its user of the operating system, the page its login, a person of management.users that name alone; then the last of them needs the role approve. What holds is what was set when the file was held.")
              .raised("A release waits for more people."));

  private PlanKeys() {}

  private static Type<Duration> older() {
    Type<Duration> duration = Type.duration("0s", "3650d");
    return duration
        .or("true", Holding.Doubts.AN_HOUR)
        .or("false", Holding.Doubts.ANY_AGE)
        .described(Type.Kind.DURATION, duration.range(), "true", "false");
  }

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
            shares(keys, holding.shares()),
            doubts(keys, holding.doubts()),
            keys.find(ALL_OR_NOTHING).orElse(holding.allOrNothing()),
            keys.find(FIRST_FILE).orElse(holding.firstFile())),
        otherwise.snapshot(),
        keys.find(CONTRADICTION).orElse(otherwise.contradiction()),
        keys.find(APPROVALS).orElse(otherwise.approvals()));
  }

  private static Holding.Shares shares(Keys keys, Holding.Shares otherwise) {
    return new Holding.Shares(
        keys.find(FROM).orElse(otherwise.from()),
        keys.find(INVALID).orElse(otherwise.invalid()),
        keys.find(CHANGES).orElse(otherwise.changes()),
        keys.find(GONE).orElse(otherwise.gone()));
  }

  private static Holding.Doubts doubts(Keys keys, Holding.Doubts otherwise) {
    return new Holding.Doubts(
        keys.find(CASELOAD).orElse(otherwise.caseload()),
        keys.find(COLUMN_EMPTY).orElse(otherwise.columnEmpty()),
        keys.find(OLDER).orElse(otherwise.older()),
        keys.find(LAST_LINE_OPEN).orElse(otherwise.lastLineOpen()),
        keys.find(SWAPPED).orElse(otherwise.swapped()));
  }
}
