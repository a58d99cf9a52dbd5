package uk.onefileroutes.assignment;

import org.jspecify.annotations.Nullable;

/**
 * What a slot is, in the words of a feed; the reverse of {@link Assignment#slot}.
 *
 * @param role null for an additional assignment, whose slot doesn't say it
 * @param standard of a learning aim only
 * @param unit of a unit summary only
 */
public record Slot(
    String kind, @Nullable String role, @Nullable String standard, @Nullable String unit) {

  /** Of a text that an assignment made. */
  public static Slot of(String text) {
    int first = text.indexOf('/');
    int last = text.lastIndexOf('/'); // a unit's id may have slashes of its own
    String kind = text.substring(0, first);
    if (kind.equals(Kind.ADDITIONAL.word())) {
      return new Slot(kind, null, null, null);
    }
    String within = last > first ? text.substring(first + 1, last) : null;
    return new Slot(
        kind,
        text.substring(last + 1),
        kind.equals(Kind.LEARNING_AIM.word()) ? within : null,
        kind.equals(Kind.UNIT_SUMMARY.word()) ? within : null);
  }
}
