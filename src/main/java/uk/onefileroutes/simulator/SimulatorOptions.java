package uk.onefileroutes.simulator;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a simulator is set up; it does not change after the start.
 *
 * @param port the port on 127.0.0.1; 0 takes any free one
 * @param access who may authenticate, and what a session is like
 * @param limits the rate, and how much is remembered
 * @param assigning how {@code User/{id}/Assign} is understood
 * @param variants how it answers where Onefile's guide says nothing
 * @param people who exists; null: every id exists, with the role that the call needs
 * @param time the time for token lifetimes, the rate and the log; latencies pass in real time
 */
public record SimulatorOptions(
    int port,
    Access access,
    Limits limits,
    Assigning assigning,
    Variants variants,
    @Nullable People people,
    InstantSource time) {

  /** The customer token that is accepted where no other is set. */
  public static final String DEFAULT_CUSTOMER_TOKEN = "simulator-customer-token";

  /** Refuses a port out of range. */
  public SimulatorOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
  }

  /** What is documented or most likely: 24 h, 300 calls a minute, the assignee in the path. */
  public static SimulatorOptions defaults() {
    return new SimulatorOptions(
        0,
        new Access(Set.of(DEFAULT_CUSTOMER_TOKEN), Duration.ofHours(24), false, 401),
        new Limits(300, null, 1_000_000),
        new Assigning(PathUser.ASSIGNEE, "UserID", false),
        Variants.LIKELY,
        null,
        InstantSource.system());
  }

  /** Listens on this port; 0 takes any free one. */
  public SimulatorOptions withPort(int port) {
    return new SimulatorOptions(port, access, limits, assigning, variants, people, time);
  }

  /** Accepts this customer token only. */
  public SimulatorOptions withCustomerToken(String customerToken) {
    return withCustomerTokens(Set.of(customerToken));
  }

  /** Accepts these customer tokens. */
  public SimulatorOptions withCustomerTokens(Set<String> customerTokens) {
    return with(
        new Access(
            customerTokens, access.tokenLifetime, access.quotedTokens, access.badTokenStatus));
  }

  /** Sessions end this long after they were given, used or not. */
  public SimulatorOptions withTokenLifetime(Duration tokenLifetime) {
    return with(
        new Access(
            access.customerTokens, tokenLifetime, access.quotedTokens, access.badTokenStatus));
  }

  /** Gives sessions between double quotes and with a line end, as some deployments do. */
  public SimulatorOptions withQuotedTokens(boolean quotedTokens) {
    return with(
        new Access(
            access.customerTokens, access.tokenLifetime, quotedTokens, access.badTokenStatus));
  }

  /** Answers this status where the session is missing, wrong or too old. */
  public SimulatorOptions withBadTokenStatus(int badTokenStatus) {
    return with(
        new Access(
            access.customerTokens, access.tokenLifetime, access.quotedTokens, badTokenStatus));
  }

  /** Admits this many calls in any 60 s; 0 admits all. */
  public SimulatorOptions withCallsPerMinute(int callsPerMinute) {
    return with(new Limits(callsPerMinute, limits.retryAfter, limits.rememberedCalls));
  }

  /** Sends {@code Retry-After} in whole seconds with each 429 of the rate; null sends none. */
  public SimulatorOptions withRetryAfter(@Nullable Duration retryAfter) {
    return with(new Limits(limits.callsPerMinute, retryAfter, limits.rememberedCalls));
  }

  /** Remembers this many calls, the newest. */
  public SimulatorOptions withRememberedCalls(int rememberedCalls) {
    return with(new Limits(limits.callsPerMinute, limits.retryAfter, rememberedCalls));
  }

  /** Says whose id stands in the path of {@code User/{id}/Assign}. */
  public SimulatorOptions withPathUser(PathUser pathUser) {
    return with(
        new Assigning(pathUser, assigning.assigneeField, assigning.repeatedAdditionalRefused));
  }

  /**
   * Names the body field that carries the assignee where the path is the learner. Empty: exactly
   * the documented body is accepted, which names no assignee, so that nothing is assigned.
   */
  public SimulatorOptions withAssigneeField(String assigneeField) {
    return with(
        new Assigning(assigning.pathUser, assigneeField, assigning.repeatedAdditionalRefused));
  }

  /** Answers 400 where an additional (level 1) assignment is there already. */
  public SimulatorOptions withRepeatedAdditionalRefused(boolean refused) {
    return with(new Assigning(assigning.pathUser, assigning.assigneeField, refused));
  }

  /** Only these people exist; null: every id exists, with the role that the call needs. */
  public SimulatorOptions withPeople(@Nullable People people) {
    return new SimulatorOptions(port, access, limits, assigning, variants, people, time);
  }

  /** Takes the time from here. */
  public SimulatorOptions withTime(InstantSource time) {
    return new SimulatorOptions(port, access, limits, assigning, variants, people, time);
  }

  /** Answers in these ways. */
  public SimulatorOptions withVariants(Variants changed) {
    return new SimulatorOptions(port, access, limits, assigning, changed, people, time);
  }

  private SimulatorOptions with(Access changed) {
    return new SimulatorOptions(port, changed, limits, assigning, variants, people, time);
  }

  private SimulatorOptions with(Limits changed) {
    return new SimulatorOptions(port, access, changed, assigning, variants, people, time);
  }

  private SimulatorOptions with(Assigning changed) {
    return new SimulatorOptions(port, access, limits, changed, variants, people, time);
  }

  /** Whose id stands in the path of {@code User/{id}/Assign}. */
  public enum PathUser {
    ASSIGNEE,
    LEARNER
  }

  /**
   * Who may authenticate, and what a session is like.
   *
   * @param customerTokens the accepted values of {@code X-CustomerToken}
   * @param tokenLifetime how long a session lives; using it does not renew it
   * @param quotedTokens whether a session is given between double quotes
   * @param badTokenStatus the status for a missing, wrong or too old session
   */
  public record Access(
      Set<String> customerTokens,
      Duration tokenLifetime,
      boolean quotedTokens,
      int badTokenStatus) {

    /** Refuses a lifetime that is not positive, and a status that is no refusal. */
    public Access {
      customerTokens = Set.copyOf(customerTokens);
      if (tokenLifetime.isNegative() || tokenLifetime.isZero()) {
        throw new IllegalArgumentException("token lifetime " + tokenLifetime + " is not positive");
      }
      if (badTokenStatus < 400 || badTokenStatus > 499) {
        throw new IllegalArgumentException("status " + badTokenStatus + " refuses nobody");
      }
    }

    /** Leaves the customer tokens out, so that they reach no log. */
    @Override
    public String toString() {
      return "Access[customerTokens="
          + customerTokens.size()
          + ", tokenLifetime="
          + tokenLifetime
          + "]";
    }
  }

  /**
   * The rate, and how much is remembered.
   *
   * @param callsPerMinute calls admitted in any 60 s, authentication too; 0: no limit
   * @param retryAfter what a 429 of the rate says in {@code Retry-After}; null: nothing
   * @param rememberedCalls how many calls the log keeps
   */
  public record Limits(int callsPerMinute, @Nullable Duration retryAfter, int rememberedCalls) {

    /** Refuses a negative rate, and a log that keeps nothing or more than 1,000,000 calls. */
    public Limits {
      if (callsPerMinute < 0) {
        throw new IllegalArgumentException("calls per minute " + callsPerMinute + " is negative");
      }
      if (rememberedCalls < 1 || rememberedCalls > 1_000_000) {
        throw new IllegalArgumentException(
            "remembered calls " + rememberedCalls + " is not between 1 and 1000000");
      }
    }
  }

  /**
   * How {@code User/{id}/Assign} is understood.
   *
   * @param pathUser whose id stands in the path
   * @param assigneeField the body field for the assignee where the path is the learner
   * @param repeatedAdditionalRefused whether a repeated level 1 assignment is an error
   */
  public record Assigning(
      PathUser pathUser, String assigneeField, boolean repeatedAdditionalRefused) {

    /** Demands a field name, which may be empty. */
    public Assigning {
      Objects.requireNonNull(assigneeField, "assigneeField");
    }
  }
}
