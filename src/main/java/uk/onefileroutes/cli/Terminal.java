package uk.onefileroutes.cli;

import java.io.Console;

/** Whether a person reads what is printed. */
final class Terminal {
  private Terminal() {}

  /** From JDK 22 there may be a console where there is no terminal; before, there never was. */
  @SuppressWarnings("SystemConsoleNull") // that is what the rest of the method is for
  static boolean exists() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (NoSuchMethodException e) {
      return true; // JDK 17 to 21
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
