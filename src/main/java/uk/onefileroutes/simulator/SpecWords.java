package uk.onefileroutes.simulator;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The words of what people write for a simulator, taken one after the other. For one thread. */
final class SpecWords {
  private final String what;
  private final String spec;
  private final String remedy;
  private final Deque<String> words;

  /**
   * Of a text.
   *
   * @param what it is called
   * @param remedy what can be written, right behind the sentence that says what is wrong
   */
  SpecWords(String what, String spec, String remedy) {
    this.what = what;
    this.spec = spec;
    this.remedy = remedy;
    this.words = new ArrayDeque<>(Arrays.asList(spec.strip().split("\\s+", -1)));
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  /** The next word, left there; null where none is left. */
  @Nullable String peek() {
    return words.peek();
  }

  /** Takes the next word. */
  String next() {
    return words.remove();
  }

  /** Takes the next word if it is this one. */
  boolean isNext(String word) {
    if (!word.equals(words.peek())) {
      return false;
    }
    words.remove();
    return true;
  }

  /** Takes the word that must follow. */
  String value(String of) {
    if (words.isEmpty()) {
      throw unreadable("after " + of + " something is missing");
    }
    return words.remove();
  }

  /** Takes the number that must follow. */
  int number(String of) {
    String value = value(of);
    if (!value.matches("[1-9][0-9]{0,8}")) {
      throw unreadable("after " + of + " comes a number from 1, not " + value);
    }
    return Integer.parseInt(value);
  }

  /** Why it can't be read, and what can be written. */
  IllegalArgumentException unreadable(String why) {
    return new IllegalArgumentException(
        "the %s \"%s\" can't be read: %s.%s".formatted(what, spec, why, remedy));
  }
}
