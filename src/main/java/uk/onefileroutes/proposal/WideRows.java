package uk.onefileroutes.proposal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.feed.Column;
import uk.onefileroutes.proposal.Meaning.Form;
import uk.onefileroutes.proposal.Meaning.What;

/** The fan-out of an export whose headers say the roles. */
final class WideRows {
  private final List<Candidate> all;
  private final boolean hasStandard;
  private final boolean hasUnit;
  private final Set<Candidate> about = new HashSet<>();
  private final List<String> keys = new ArrayList<>();
  private final List<String> offers = new ArrayList<>();
  private final Set<Role> plain = new HashSet<>();

  WideRows(List<Candidate> all) {
    this.all = all;
    this.hasStandard = has(What.STANDARD);
    this.hasUnit = has(What.UNIT);
    best(all).forEach(this::add);
  }

  private boolean has(What what) {
    return all.stream().anyMatch(one -> one.is(what) && one.column().isPresent());
  }

  /** The columns with who is assigned, one of each role and purpose: an id before a MIS value. */
  static List<Candidate> best(List<Candidate> all) {
    Map<List<Object>, Candidate> best = new LinkedHashMap<>();
    all.stream()
        .filter(one -> one.meaning().role() != null && one.column().isPresent())
        .forEach(
            one ->
                best.merge(
                    List.of(Objects.requireNonNull(one.meaning().role()), one.meaning().base()),
                    one,
                    (a, b) ->
                        Comparator.comparing((Candidate each) -> each.column().orElseThrow())
                                    .compare(a, b)
                                <= 0
                            ? a
                            : b));
    return List.copyOf(best.values());
  }

  private void add(Candidate who) {
    Role role = Objects.requireNonNull(who.meaning().role());
    What said = who.meaning().about();
    boolean mayHave = role == Role.ASSESSOR || role == Role.IQA;
    if (said != What.NOTHING && mayHave) {
      Kind kind = said == What.STANDARD ? Kind.LEARNING_AIM : Kind.UNIT_SUMMARY;
      Candidate named = named(who.meaning().base(), said);
      boolean isInRow = said == What.STANDARD ? hasStandard : hasUnit;
      if (named != null) {
        about.add(named);
        keys.add(value(kind, role, who, source(named)));
      } else if (isInRow) {
        keys.add(value(kind, role, who, null));
      } else {
        offers.add(value(kind, role, who, "=..."));
      }
      return;
    }
    boolean isFirst = plain.add(role);
    switch (role) {
      case ASSESSOR -> keys.add(value(isFirst ? Kind.DEFAULT : Kind.ADDITIONAL, role, who, null));
      case EMPLOYER -> {
        keys.add(value(Kind.ADDITIONAL, role, who, null));
        if (isFirst) {
          keys.add(value(Kind.DEFAULT, role, who, null));
        }
      }
      case IQA -> {
        Kind kind =
            !isFirst
                ? Kind.ADDITIONAL
                : hasStandard ? Kind.LEARNING_AIM : hasUnit ? Kind.UNIT_SUMMARY : Kind.ADDITIONAL;
        keys.add(value(kind, role, who, null));
      }
      case OBSERVER -> keys.add(value(Kind.ADDITIONAL, role, who, null));
    }
  }

  /** The column of a standard or unit of which the header of a person speaks. */
  private @Nullable Candidate named(String base, What what) {
    return all.stream()
        .filter(one -> one.is(what) && one.meaning().builtIn() == null)
        .filter(one -> one.meaning().base().equals(base) && one.column().isPresent())
        .findFirst()
        .orElse(null);
  }

  private static String source(Candidate about) {
    return listed((about.form() == Form.TEXT ? "title:" : "") + about.header());
  }

  private static String value(Kind kind, Role role, Candidate who, @Nullable String about) {
    Column column = who.column().orElse(Column.ASSIGNEE);
    String prefix =
        column == Column.ASSIGNEE_MISID
            ? "misid:"
            : column == Column.ASSIGNEE_EMAIL ? "email:" : "";
    return kind.word()
        + ","
        + role.word()
        + ","
        + listed(prefix + who.header())
        + (about == null ? "" : "," + about);
  }

  private static String listed(String value) {
    return value.indexOf(',') < 0 && value.indexOf('"') < 0
        ? value
        : '"' + value.replace("\"", "\"\"") + '"';
  }

  /** The values of the keys {@code fan-out.1} and so on. */
  List<String> keys() {
    return keys;
  }

  /** The same where a unit or standard has to be filled in. */
  List<String> offers() {
    return offers;
  }

  /** Whether a column says for what somebody is assigned, and nothing else. */
  boolean isTaken(Candidate candidate) {
    return about.contains(candidate);
  }
}
