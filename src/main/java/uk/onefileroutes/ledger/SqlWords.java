package uk.onefileroutes.ledger;

import java.io.IOException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.shown.Shown;

/**
 * What a failure of the database says to people: its own words are about SQL. A sentence where it
 * is known what it means, else the first line of what it says. Stateless and thread-safe.
 */
final class SqlWords {
  /**
   * {@code Check constraint violation: "NAME: ..."}, {@code ... violation: "PUBLIC.NAME ON ...}.
   */
  private static final Pattern RULE = Pattern.compile("violation: \"(?:PUBLIC\\.)?(\\w+)");

  private SqlWords() {}

  /** Of what the driver threw, or what a pool or a migration made of it. */
  static String of(Exception failure) {
    Throwable root = Causes.root(failure);
    if (root instanceof IOException) {
      return Causes.words(root); // of its disk
    }
    String said = String.valueOf(root.getMessage());
    SQLException sql = Causes.find(failure, SQLException.class);
    String state = sql == null ? "" : String.valueOf(sql.getSQLState());
    return switch (state.substring(0, Math.min(2, state.length()))) {
      case "08" -> "it can't be reached, or its connection was cut";
      case "22" -> "a value does not fit into its column";
      case "23" -> "a value breaks a rule of its tables" + rule(said);
      case "40" -> "other work was in its way, and it had to give way";
      case "42" -> "its tables are not those of this version";
      case "HY" -> "other work holds what is needed for too long";
      default -> Shown.line(said.lines().findFirst().orElse(said).replace("; SQL statement:", ""));
    };
  }

  /** The name of the rule only: the value may be a person's. */
  private static String rule(String said) {
    Matcher rule = RULE.matcher(said);
    return rule.find() ? " (" + rule.group(1) + ")" : "";
  }
}
