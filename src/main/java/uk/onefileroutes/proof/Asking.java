package uk.onefileroutes.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import uk.onefileroutes.onefile.OnefileCall;
import uk.onefileroutes.onefile.Outcome;

/** Makes the calls of a proof, one after the other, and tells what is found. For one thread. */
final class Asking {
  private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,60}");
  private static final Pattern FIGURE = Pattern.compile("[0-9]{1,9}");

  private final Road road;
  private final Consumer<Fact> told;
  private final List<Fact> facts = new ArrayList<>();
  private final Map<String, String> limits = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  Asking(Road road, Consumer<Fact> told) {
    this.road = road;
    this.told = told;
  }

  /**
   * Makes it.
   *
   * @throws Stopped if no call may leave, or Onefile wants fewer
   */
  OnefileCall ask(OnefileCall call) throws Stopped {
    road.take(call);
    call.limits()
        .forEach(
            (name, value) -> {
              if (HEADER.matcher(name).matches()) {
                limits.put(name, FIGURE.matcher(value).matches() ? value : "");
              }
            });
    if (call.outcome() instanceof Outcome.Throttled) {
      tell(
          "rate",
          "Onefile answered 429, %s."
              .formatted(
                  limits.containsKey("Retry-After")
                      ? "with Retry-After"
                      : "without Retry-After: all calls wait for a minute then"));
      throw new Stopped(
          "Onefile wants fewer calls (429). Wait for some minutes, then run it again.");
    }
    return call;
  }

  Seen see(OnefileCall call) throws Stopped {
    return Seen.of(ask(call));
  }

  void tell(String about, String sentence) {
    Fact fact = new Fact(about, sentence);
    facts.add(fact);
    told.accept(fact);
  }

  List<Fact> facts() {
    return facts;
  }

  /** The headers about limits that came so far; the value is empty where it is no number. */
  Map<String, String> limits() {
    return limits;
  }
}
