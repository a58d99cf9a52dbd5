package uk.onefileroutes.simulator;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a fault as people write it: what happens, then to which calls, as in {@code 503 for 30s}.
 * Stateless and thread safe.
 */
public final class FaultSpec {
  /** All forms, a line each. */
  public static final String FORMS =
      """
      What happens:
        500                  answers that status, 200 to 599
        429 retry-after 30   the same, with that header
        200 header A=b+c     the same, with the header "A: b c"
        html                 answers 200 with an HTML page
        cut before           cuts the connection before the call is carried out
        cut after            cuts it after that, without an answer
        hang [after]         never answers; the call is not carried out, or is
        latency 2s           answers late; also 500ms, 1m, 1h
        truncate             sends less than Content-Length says, then cuts
        chunked, chunks-cut  answers in chunks; cuts before the last one
        endless, drip        an answer without end, fast or a byte now and then
        big                  an answer of 10 MB
        gzip-bomb            a megabyte of gzip that holds a gigabyte; also deflate-bomb
        endless-headers      headers without end; also endless-header-line,
                             endless-status-line, endless-trailers, endless-1xx
        drip-head            a status line without end, a byte now and then
        tokens-die           ends all sessions before the call
        no-login             refuses to authenticate
        rate 60              answers 429 to what is more in any 60 s
      To which calls; without these, to all that assign:
        every 7              each 7th
        times 20             20, and then no more
        skip 100             not the first 100
        for 30s              for so long, from the first one on
        learner 501001       those that change this learner
        logins               authentications only""";

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

  private final SpecWords words;

  private FaultSpec(String spec) {
    this.words =
        new SpecWords(
            "fault",
            spec,
            " Write what happens, then to which calls, such as 500 every 7%n%s".formatted(FORMS));
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it can't be read; the message says what can be written
   */
  public static Fault parse(String spec) {
    return new FaultSpec(spec).fault();
  }

  private Fault fault() {
    String what = words.next();
    if (what.matches("[0-9]{3}")) {
      return answer(Integer.parseInt(what));
    }
    return switch (what) {
      case "html" -> Fault.htmlUnder200().on(calls());
      case "cut" -> cut();
      case "hang" ->
          words.isNext("after") ? Fault.hang().afterApplying().on(calls()) : hangBefore();
      case "latency" -> Fault.latency(duration(what)).on(calls());
      case "truncate" -> spoilt(Fault.Spoilt.Body.TRUNCATED);
      case "chunked" -> spoilt(Fault.Spoilt.Body.CHUNKED);
      case "chunks-cut" -> spoilt(Fault.Spoilt.Body.CHUNKS_CUT);
      case "endless" -> spoilt(Fault.Spoilt.Body.ENDLESS);
      case "drip" -> spoilt(Fault.Spoilt.Body.DRIPPING);
      case "big" -> spoilt(Fault.Spoilt.Body.BIG);
      case "gzip-bomb" -> spoilt(Fault.Spoilt.Body.GZIP_BOMB);
      case "deflate-bomb" -> spoilt(Fault.Spoilt.Body.DEFLATE_BOMB);
      case "endless-headers" -> spoilt(Fault.Spoilt.Body.ENDLESS_HEADERS);
      case "endless-header-line" -> spoilt(Fault.Spoilt.Body.ENDLESS_HEADER_LINE);
      case "endless-status-line" -> spoilt(Fault.Spoilt.Body.ENDLESS_STATUS_LINE);
      case "endless-trailers" -> spoilt(Fault.Spoilt.Body.ENDLESS_TRAILERS);
      case "endless-1xx" -> spoilt(Fault.Spoilt.Body.ENDLESS_INTERIM);
      case "drip-head" -> spoilt(Fault.Spoilt.Body.DRIPPING_HEAD);
      case "tokens-die" -> Fault.tokensDie().on(calls());
      case "no-login" -> Fault.answer(401).on(calls(Selection.authentications()));
      case "rate" -> Fault.rate(words.number(what)).on(calls(Selection.all()));
      default ->
          throw words.unreadable(what.isEmpty() ? "it is empty" : "nothing is called " + what);
    };
  }

  private Fault answer(int status) {
    if (status < 200 || status > 599) {
      throw words.unreadable("a status is between 200 and 599");
    }
    Fault.Answer answer = Fault.answer(status);
    if (words.isNext("retry-after")) {
      answer = answer.withRetryAfter(words.value("retry-after"));
    }
    while (words.isNext("header")) {
      String[] header = words.value("header").replace('+', ' ').split("=", 2);
      if (header.length < 2 || header[0].isEmpty()) {
        throw words.unreadable(
            "after header comes its name and value, such as Age=5, + for a blank");
      }
      answer = answer.withHeader(header[0], header[1]);
    }
    return answer.on(calls());
  }

  private Fault cut() {
    if (words.isNext("before")) {
      return Fault.cutBefore().on(calls());
    }
    if (words.isNext("after")) {
      return Fault.cutAfter().on(calls());
    }
    throw words.unreadable("after cut comes before or after");
  }

  private Fault hangBefore() {
    boolean unused = words.isNext("before");
    return Fault.hang().on(calls());
  }

  private Fault spoilt(Fault.Spoilt.Body body) {
    return Fault.spoilt(body).on(calls());
  }

  private Selection calls() {
    return calls(Selection.users());
  }

  private Selection calls(Selection which) {
    Selection selected = which;
    while (!words.isEmpty()) {
      String word = words.next();
      selected =
          switch (word) {
            case "every" -> selected.everyNth(words.number(word));
            case "times" -> selected.next(words.number(word));
            case "skip" -> selected.after(words.number(word));
            case "for" -> selected.lasting(duration(word));
            case "learner" -> selected.forLearner(words.number(word));
            case "logins" -> selected.under(Selection.authentications().pathPrefix());
            default -> throw words.unreadable("nothing is called " + word + " there");
          };
    }
    return selected;
  }

  private Duration duration(String of) {
    String value = words.value(of);
    Matcher parts = DURATION.matcher(value);
    if (!parts.matches() || Long.parseLong(parts.group(1)) == 0) {
      throw words.unreadable(
          "after " + of + " comes a time such as 500ms, 2s, 1m or 1h, not " + value);
    }
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
