package uk.onefileroutes.ledger;

import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.shown.Shown;

/**
 * What a failure of the database says to people: its own words are about SQL. A sentence where it
 * is known what it means, else the first line of what it says. Stateless and thread-safe.
 */
final class SqlWords {
  /**
   * {@code Check constraint violation: "NAME: ..."}, {@code ... violation: "PUBLIC.NAME ON ...},
   * and PostgreSQL's {@code ... constraint "name"}.
   */
  private static final Pattern RULE =
      Pattern.compile("(?:violation: |constraint )\"(?:PUBLIC\\.)?(\\w+)");

  /** Of the driver, for a login and for TLS that the server does not have. */
  private static final String REJECTED = "08004";

  /** The driver names it, in whatever language, where a certificate is another host's. */
  private static final String HOST_VERIFIER = "HostnameVerifier";

  private SqlWords() {}

  /** Of what the driver threw, or what a pool or a migration made of it. */
  static String of(Exception failure) {
    Throwable root = Causes.root(failure);
    boolean isOtherHost = String.valueOf(root.getMessage()).contains(HOST_VERIFIER);
    if (isOtherHost || Causes.find(failure, SSLException.class) != null) {
      return "the certificate of its server is not trusted (%s); name the file with its authority as sslrootcert, and the host as the certificate has it"
          .formatted(isOtherHost ? "it is another host's" : Causes.words(root));
    }
    SQLException sql = Causes.find(failure, SQLException.class);
    String state = sql == null ? "" : String.valueOf(sql.getSQLState());
    if (root instanceof SocketException || root instanceof UnknownHostException) {
      return "its server can't be reached: " + Causes.words(root);
    }
    if (root instanceof IOException) {
      return Causes.words(root); // of its disk
    }
    String said = String.valueOf(root.getMessage());
    if (state.equals(REJECTED) && said.contains("SSL")) { // in whatever language it says so
      return "its server does not offer TLS; set ssl=on there, or another sslmode in ledger.url";
    }
    String words = ofServer(state);
    if (words != null) {
      return words;
    }
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

  /** Of PostgreSQL, by its states; null where there is nothing to add. */
  private static @Nullable String ofServer(String state) {
    return switch (state) {
      case "28P01", "28000", REJECTED ->
          "its server refuses the login; correct ledger.user and its password";
      case "3D000" -> "its server has no database of that name; create it, or correct ledger.url";
      case "3F000" -> "there is no schema for its tables; create it, or correct currentSchema";
      case "42501" -> "its login has no right to do that; make it the owner of the database";
      case "25006" -> "it can only be read now, as its server is a standby or is being serviced";
      case "53100" -> "the disk of its server is full";
      case "53300" -> "its server has no connection left for it";
      case "57P01", "57P02", "57P03" -> "its server was stopped, or is just starting";
      case "57014", "55P03" -> "other work holds what is needed for too long";
      default -> null;
    };
  }

  /** The name of the rule only: the value may be a person's. */
  private static String rule(String said) {
    Matcher rule = RULE.matcher(said);
    return rule.find() ? " (" + rule.group(1) + ")" : "";
  }
}
