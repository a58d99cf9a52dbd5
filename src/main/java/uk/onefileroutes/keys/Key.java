package uk.onefileroutes.keys;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one declaration of a key: it reads the key, refuses it with its remedy, and is printed in the
 * reference, the shipped file and the schema for editors. Immutable.
 *
 * @param name of a family of keys, what each begins with, dot included
 * @param family null: one key; else what follows the dot
 * @param defaultValue as it would be written; null: none, or not always the same
 * @param text what is said of it
 */
public record Key<T>(
    String name,
    Type<T> type,
    @Nullable Family family,
    @Nullable String defaultValue,
    Group group,
    Text text) {
  /** What follows the name of a secret's key where a file has the value. */
  public static final String FILE = "-file";

  /**
   * What follows the dot of a family of keys.
   *
   * @param placeholder what it is called, such as {@code name}
   * @param members all there are; empty: any
   */
  public record Family(String placeholder, List<String> members) {}

  /** How often a key is wanted. */
  public enum Group {
    ESSENTIAL,
    COMMON,
    RARE
  }

  /**
   * What is said of a key.
   *
   * @param meaning one sentence or a few
   * @param raised what happens if it is raised; empty: nothing that is worth a word
   * @param example a right value, for what has no default; of a family, a line for each example
   * @param absent what holds where it is missing and there is no default, in a few words
   * @param remedy what to do where it is needed and missing; empty: it is never needed
   */
  public record Text(
      String meaning,
      String raised,
      String example,
      String absent,
      String remedy,
      boolean isSecret) {}

  /** A key without a default. */
  public static <T> Key<T> of(String name, Type<T> type) {
    return new Key<>(name, type, null, null, Group.RARE, new Text("", "", "", "", "", false));
  }

  /** A key of any text. */
  public static Key<String> text(String name) {
    return of(name, Type.text());
  }

  /**
   * A secret: its value is never shown, and it may instead be in a file that is named by the key of
   * the same name with {@link #FILE} behind it.
   */
  public static Key<String> secret(String name) {
    return text(name).with(new Text("", "", "example", "", "", true));
  }

  /** All keys that begin with this; any word may follow. */
  public static <T> Key<T> family(String prefix, String placeholder, Type<T> type) {
    return family(prefix, placeholder, List.of(), type);
  }

  /** All keys that begin with this, followed by one of these words. */
  public static <T> Key<T> family(
      String prefix, String placeholder, List<String> members, Type<T> type) {
    Key<T> one = of(prefix, type);
    return new Key<>(prefix, type, new Family(placeholder, members), null, one.group, one.text);
  }

  /** The same with this value where it is missing. */
  public Key<T> orElse(String value) {
    return new Key<>(name, type, family, value, group, text);
  }

  /** The same in another group; without this it is rare. */
  public Key<T> in(Group other) {
    return new Key<>(name, type, family, defaultValue, other, text);
  }

  /** The same with its meaning. */
  public Key<T> means(String meaning) {
    return with(
        new Text(meaning, text.raised, text.example, text.absent, text.remedy, text.isSecret));
  }

  /** The same with what happens if it is raised. */
  public Key<T> raised(String effect) {
    return with(
        new Text(text.meaning, effect, text.example, text.absent, text.remedy, text.isSecret));
  }

  /** The same with a right value. */
  public Key<T> example(String value) {
    return with(
        new Text(text.meaning, text.raised, value, text.absent, text.remedy, text.isSecret));
  }

  /** The same with what holds where it is missing. */
  public Key<T> absent(String words) {
    return with(
        new Text(text.meaning, text.raised, text.example, words, text.remedy, text.isSecret));
  }

  /** The same with what to do where it is needed and missing. */
  public Key<T> needed(String remedy) {
    return with(
        new Text(text.meaning, text.raised, text.example, text.absent, remedy, text.isSecret));
  }

  private Key<T> with(Text said) {
    return new Key<>(name, type, family, defaultValue, group, said);
  }

  /** A right value: the default, else the example; empty where neither is given. */
  public String rightValue() {
    return defaultValue == null ? text.example : defaultValue;
  }

  /** Whether its value is a secret. */
  public boolean isSecret() {
    return text.isSecret;
  }

  /** The names that it covers, those that can be told in advance. */
  public List<String> names() {
    if (family != null) {
      return family.members.stream().map(member -> name + member).toList();
    }
    return text.isSecret ? List.of(name, name + FILE) : List.of(name);
  }

  /** Whether a key of this name is this one. */
  public boolean covers(String key) {
    boolean isOpen = family != null && family.members.isEmpty();
    return isOpen ? key.startsWith(name) : names().contains(key);
  }

  /** As people know it: of a family with a placeholder, such as {@code delivery.plan.<name>}. */
  @Override
  public String toString() {
    return family == null ? name : name + "<" + family.placeholder + ">";
  }
}
