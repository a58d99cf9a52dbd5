package uk.onefileroutes.management;

import org.jspecify.annotations.Nullable;
import uk.onefileroutes.shown.Shown;
import uk.onefileroutes.users.Rights;
import uk.onefileroutes.users.Rights.Identity;

/**
 * Who asks for something, and by which way: {@code page}, {@code command}, {@code console}
 * (Hawtio), {@code http} (another client of the management port), {@code jmx}.
 *
 * @param who the login that was used; with the user of the operating system in brackets where the
 *     client named it, alone where there was no login. A person with a name of his own is that name
 *     and nothing else, whatever a client says besides
 * @param rights what the login may do
 */
public record Caller(String who, String way, Rights rights) {

  /** A client says itself who its user is. */
  public Caller {
    who = Shown.line(who);
  }

  /**
   * By which a client of the management port says what it is: {@code page}, or a command's user.
   */
  public static final String HEADER = "X-Onefile-Client";

  /** What the page says there. */
  static final String PAGE = "page";

  /** What a command says there, with the user of the operating system behind it. */
  public static final String COMMAND = "command/";

  private static final int MAX_USER = 64;
  private static final ThreadLocal<@Nullable Caller> ON_THIS_THREAD = new ThreadLocal<>();

  /** The user that runs this process: who acts on the ledger alone, or attaches by JMX. */
  public static Caller ofProcess(String way) {
    return new Caller(System.getProperty("user.name", "unknown"), way, Rights.ALL);
  }

  /** Who asks for what this thread does now. */
  public static Caller current() {
    Caller caller = ON_THIS_THREAD.get();
    return caller == null ? ofProcess("jmx") : caller;
  }

  /** From now on this thread acts for this caller. */
  public static void enter(Caller caller) {
    ON_THIS_THREAD.set(caller);
  }

  /** Ends what {@link #enter} began. */
  public static void leave() {
    ON_THIS_THREAD.remove();
  }

  /** Who is at Hawtio. */
  public static Caller atConsole(String login, Rights rights) {
    return new Caller(login, "console", rights);
  }

  /** Who sent a request to the management port, by what it says in {@link #HEADER}. */
  public static Caller of(String login, Rights rights, @Nullable String header) {
    if (PAGE.equals(header)) {
      return new Caller(login, PAGE, rights);
    }
    if (header != null && header.startsWith(COMMAND)) {
      if (rights.identity() == Identity.NAMED) {
        return new Caller(login, "command", rights);
      }
      String user = header.substring(COMMAND.length()).replaceAll("[^\\w.@\\\\-]", "_");
      return new Caller(
          "%s (%s)".formatted(login, user.substring(0, Math.min(user.length(), MAX_USER))),
          "command",
          rights);
    }
    return new Caller(login, "http", rights);
  }
}
