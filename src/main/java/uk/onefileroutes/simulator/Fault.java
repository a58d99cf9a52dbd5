package uk.onefileroutes.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with the selected calls.
 *
 * <p>{@code applied} says on which side of the work it happens: true means that the request was
 * carried out first, so that only the client doesn't know; false means that it was not, or not yet.
 */
public sealed interface Fault {

  /** The calls that it is for. */
  Selection selection();

  /** Whether it comes after the call was carried out. */
  boolean applied();

  /** Whether the call ends with it; otherwise later faults are asked too. */
  default boolean isDeciding() {
    return true;
  }

  /** Answers this status with an empty body, to all calls; nothing is applied. */
  static Answer answer(int status) {
    return new Answer(Selection.all(), status, null, "", Map.of(), false);
  }

  /** Answers 200 with an HTML page, as a gateway does; nothing is applied. */
  static Answer htmlUnder200() {
    return answer(200)
        .withBody("text/html; charset=utf-8", "<html><body><h1>Maintenance</h1></body></html>");
  }

  /** Refuses all authentication with 401; sessions already given stay valid. */
  static Answer noAuthentication() {
    return answer(401).on(Selection.authentications());
  }

  /** Admits so many calls in any 60 s and answers 429 to the others, which are not carried out. */
  static Rate rate(int callsPerMinute) {
    return new Rate(Selection.all(), callsPerMinute);
  }

  /** Ends all sessions just before each call, which meets that at once. */
  static TokenDeath tokensDie() {
    return new TokenDeath(Selection.all());
  }

  /** Carries the calls out, and answers 200 like this. */
  static Spoilt spoilt(Spoilt.Body body) {
    return new Spoilt(Selection.all(), body, true);
  }

  /** Answers all calls late, after they were applied. */
  static Latency latency(Duration delay) {
    return new Latency(Selection.all(), delay, true);
  }

  /** Cuts the connection without carrying the call out. */
  static Cut cutBefore() {
    return new Cut(Selection.all(), false);
  }

  /** Carries the call out, then cuts the connection without an answer. */
  static Cut cutAfter() {
    return new Cut(Selection.all(), true);
  }

  /** Lets all calls hang before they are carried out, until the fault is removed. */
  static Hang hang() {
    return new Hang(Selection.all(), false);
  }

  /**
   * Answers this instead.
   *
   * @param contentType null: no such header
   * @param headers further headers
   */
  record Answer(
      Selection selection,
      int status,
      @Nullable String contentType,
      String body,
      Map<String, String> headers,
      boolean applied)
      implements Fault {

    /** Refuses a status that is no final answer. */
    public Answer {
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException("status " + status + " is not between 200 and 599");
      }
      headers = Map.copyOf(headers);
    }

    /** For these calls. */
    public Answer on(Selection calls) {
      return new Answer(calls, status, contentType, body, headers, applied);
    }

    /** With this body. */
    public Answer withBody(String type, String text) {
      return new Answer(selection, status, type, text, headers, applied);
    }

    /** With Onefile's kind of error body. */
    public Answer withError(int code, String message) {
      return withBody("application/json", Reply.error(status, code, message).body());
    }

    /** With {@code Retry-After}, in seconds or as an HTTP date. */
    public Answer withRetryAfter(String value) {
      return withHeader("Retry-After", value);
    }

    /** With this header. */
    public Answer withHeader(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Answer(selection, status, contentType, body, more, applied);
    }

    /** After the call was carried out. */
    public Answer afterApplying() {
      return new Answer(selection, status, contentType, body, headers, true);
    }

    Reply reply(boolean carriedOut) {
      return new Reply(status, contentType, body, headers, carriedOut);
    }
  }

  /**
   * Makes the call wait, in real time. What the later faults decide comes after it.
   *
   * @param delay how long; several latencies add up
   */
  record Latency(Selection selection, Duration delay, boolean applied) implements Fault {

    /** For these calls. */
    public Latency on(Selection calls) {
      return new Latency(calls, delay, applied);
    }

    @Override
    public boolean isDeciding() {
      return false;
    }

    /** Waits first, and carries the call out then: what a slow server does to a slow client. */
    public Latency beforeApplying() {
      return new Latency(selection, delay, false);
    }
  }

  /** Cuts the connection without an answer. */
  record Cut(Selection selection, boolean applied) implements Fault {

    /** For these calls. */
    public Cut on(Selection calls) {
      return new Cut(calls, applied);
    }
  }

  /** Makes the call wait until the fault is removed; then it continues as if nothing had been. */
  record Hang(Selection selection, boolean applied) implements Fault {
    @Override
    public boolean isDeciding() {
      return false;
    }

    /** For these calls. */
    public Hang on(Selection calls) {
      return new Hang(calls, applied);
    }

    /** After the call was carried out. */
    public Hang afterApplying() {
      return new Hang(selection, true);
    }
  }

  /** Answers 429 where more than so many calls came within 60 s. */
  record Rate(Selection selection, int callsPerMinute) implements Fault {

    /** Refuses a rate that admits nobody: that is an answer. */
    public Rate {
      if (callsPerMinute < 1) {
        throw new IllegalArgumentException("rate " + callsPerMinute + " is not positive");
      }
    }

    @Override
    public boolean applied() {
      return false;
    }

    /** For these calls. */
    public Rate on(Selection calls) {
      return new Rate(calls, callsPerMinute);
    }
  }

  /** Ends all sessions. */
  record TokenDeath(Selection selection) implements Fault {
    @Override
    public boolean applied() {
      return false;
    }

    @Override
    public boolean isDeciding() {
      return false;
    }

    /** Before these calls. */
    public TokenDeath on(Selection calls) {
      return new TokenDeath(calls);
    }
  }

  /** Answers 200 in a way that no server should. */
  record Spoilt(Selection selection, Body body, boolean applied) implements Fault {

    /** For these calls. */
    public Spoilt on(Selection calls) {
      return new Spoilt(calls, body, applied);
    }

    /** Without carrying the call out. */
    public Spoilt withoutApplying() {
      return new Spoilt(selection, body, false);
    }

    /** How the answer arrives. */
    public enum Body {
      /** Shorter than Content-Length says; then the connection is cut. */
      TRUNCATED,
      /** In chunks, which is nothing wrong. */
      CHUNKED,
      /** In chunks, and the connection is cut before the last one. */
      CHUNKS_CUT,
      /** In chunks that never end, as fast as they are taken, until the fault is removed. */
      ENDLESS,
      /** A byte now and then, without an end, until the fault is removed. */
      DRIPPING,
      /** 10 MB. */
      BIG,
      /** A megabyte of gzip, which nobody asked for, and a gigabyte once it is unpacked. */
      GZIP_BOMB,
      /** The same as deflate. */
      DEFLATE_BOMB,
      /** Headers that never end, until the fault is removed. */
      ENDLESS_HEADERS,
      /** One header that never ends, until the fault is removed. */
      ENDLESS_HEADER_LINE,
      /** A status line that never ends, until the fault is removed. */
      ENDLESS_STATUS_LINE,
      /** A short body in chunks, and trailers that never end, until the fault is removed. */
      ENDLESS_TRAILERS,
      /** Answers that only announce one (103), until the fault is removed. */
      ENDLESS_INTERIM,
      /** A status line, a byte now and then, without an end, until the fault is removed. */
      DRIPPING_HEAD;

      /** Whether only a simulator with {@link Simulator#startHostile a proxy} can send it. */
      public boolean isRaw() {
        return compareTo(ENDLESS_HEADERS) >= 0;
      }
    }
  }
}
