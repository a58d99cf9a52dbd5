package uk.onefileroutes.feed;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Judge;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.assignment.Vocabulary;
import uk.onefileroutes.keys.Key;
import uk.onefileroutes.keys.Keys;

/**
 * Reads the keys {@code fan-out.<n>=<kind>,<role>,<assignee>[,<standard or unit>]} of a feed. The
 * last two are headers; {@code misid:}, {@code email:} or {@code title:} in front says that the
 * cell holds that in place of an id, {@code =} that it is no header but the value for all rows.
 */
final class FanOutKeys {
  private static final int MAX_NUMBER = 999;
  private static final String REMEDY =
      "write such as default,assessor,Assessor ID or learning-aim,iqa,email:IQA,Standard ID";
  private static final Set<Column> SAID_BY_FAN_OUT =
      Set.of(
          Column.KIND,
          Column.LEVEL,
          Column.ROLE,
          Column.ASSIGNEE,
          Column.ASSIGNEE_MISID,
          Column.ASSIGNEE_EMAIL);

  private final Keys keys;
  private final Vocabulary words;

  FanOutKeys(Keys keys, Vocabulary words) {
    this.keys = keys;
    this.words = words;
  }

  /** What each row asks for, by number. */
  List<FanOut> read() {
    Map<Integer, FanOut> byNumber = new TreeMap<>();
    Map<String, String> seen = new HashMap<>();
    keys.family(MappingKeys.FAN_OUT)
        .forEach(
            (number, value) -> {
              String key = MappingKeys.FAN_OUT.name() + number;
              if (!number.matches("[1-9][0-9]{0,2}")) {
                refuse(
                    key, "not numbered from 1 to " + MAX_NUMBER, "write fan-out.1, fan-out.2 ...");
                return;
              }
              FanOut fanOut = fanOut(key, value);
              if (fanOut != null) {
                byNumber.put(Integer.parseInt(number), fanOut);
                String same = seen.putIfAbsent(value, key);
                if (same != null) {
                  refuse(key, "the same as " + same, "remove one of the two");
                }
              }
            });
    return List.copyOf(byNumber.values());
  }

  /** Finds fault with keys for what the fan-out says already. */
  void refuseBeside(Collection<Column> columns, Key<String> family) {
    columns.stream()
        .filter(SAID_BY_FAN_OUT::contains)
        .sorted(Comparator.naturalOrder())
        .forEach(
            column ->
                keys.refuse(
                    family,
                    family.name() + column.word(),
                    "fan-out. says this already",
                    "remove one of the two"));
  }

  private void refuse(String key, String what, String remedy) {
    keys.refuse(MappingKeys.FAN_OUT, key, what, remedy);
  }

  private @Nullable FanOut fanOut(String key, String value) {
    List<String> parts = Listed.of(value);
    if (parts.size() < 3 || parts.size() > 4 || parts.stream().anyMatch(String::isEmpty)) {
      refuse(key, "not <kind>,<role>,<assignee header>[,<standard or unit header>]", REMEDY);
      return null;
    }
    Kind kind = words.kind(parts.get(0));
    Role role = words.role(parts.get(1));
    if (kind == null || role == null) {
      refuse(key, "no kind or role is called " + parts.get(kind == null ? 0 : 1), REMEDY);
      return null;
    }
    if (!Judge.allowed(kind).contains(role)) {
      refuse(
          key,
          "Onefile has no " + kind.word() + " for an " + role.word(),
          "allowed are "
              + Judge.allowed(kind).stream()
                  .map(Role::word)
                  .sorted()
                  .collect(Collectors.joining(", ")));
      return null;
    }
    FanOut.Source assignee = assignee(parts.get(2));
    FanOut.Source about = null;
    if (parts.size() == 4) {
      if (kind != Kind.LEARNING_AIM && kind != Kind.UNIT_SUMMARY) {
        refuse(key, kind.word() + " has no standard and no unit", "remove the last header");
        return null;
      }
      about =
          kind == Kind.LEARNING_AIM
              ? source(
                  parts.get(3), Map.of("id:", Column.STANDARD, "title:", Column.STANDARD_TITLE))
              : source(parts.get(3), Map.of("id:", Column.UNIT, "title:", Column.UNIT_TITLE));
    }
    return new FanOut(key, kind, role, assignee, about);
  }

  private static FanOut.Source assignee(String text) {
    return source(
        text,
        Map.of(
            "id:", Column.ASSIGNEE,
            "misid:", Column.ASSIGNEE_MISID,
            "email:", Column.ASSIGNEE_EMAIL));
  }

  private static FanOut.Source source(String text, Map<String, Column> prefixes) {
    String rest = text;
    String prefix = "id:";
    for (String one : prefixes.keySet()) {
      if (text.startsWith(one)) {
        prefix = one;
        rest = text.substring(one.length()).strip();
      }
    }
    Column column = prefixes.getOrDefault(prefix, Column.ASSIGNEE);
    return rest.startsWith("=")
        ? new FanOut.Source(column, null, rest.substring(1).strip())
        : new FanOut.Source(column, rest, null);
  }
}
