package uk.onefileroutes.shown;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ConcurrentModificationException;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What lies behind a failure that others have wrapped, and what it says to people. Stateless and
 * thread-safe.
 */
public final class Causes {
  private static final String OURS = "uk.onefileroutes.";

  /** {@code java.io.IOException:} and the like, with a package or without. */
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(?:[a-z][\\w]*\\.)*[A-Z][\\w$]*(?:Exception|Error)\\b(?:: *)?");

  private Causes() {}

  /** The innermost cause; the failure itself where it has none. */
  public static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** The outermost of this type among a failure and its causes; null where there is none. */
  public static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (type.isInstance(e)) {
        return type.cast(e);
      }
    }
    return null;
  }

  /**
   * What a failure says to people, in one line and without a name of a class: the sentence of the
   * first exception of ours; without one, what its root says. A fault of the program is told by its
   * place: its message is Java's, and may quote a cell.
   */
  public static String words(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e.getClass().getName().startsWith(OURS) && isSentence(e)) {
        return line(e);
      }
    }
    Throwable root = root(failure);
    if (root instanceof FileSystemException file) {
      return file.getFile() == null
          ? reason(file)
          : "%s: %s".formatted(file.getFile(), reason(file));
    }
    String said = line(root);
    if (root instanceof UnknownHostException) {
      return "host not found: " + said;
    }
    if (root instanceof SocketTimeoutException || root instanceof TimeoutException) {
      return "no answer in time";
    }
    if (root instanceof ConnectException || root instanceof NoRouteToHostException) {
      return said.isEmpty() ? "nothing answers there" : "nothing answers there: " + said;
    }
    if (root instanceof InterruptedException) {
      return "it was interrupted";
    }
    return said.isEmpty() || isInternal(root) ? "an internal error" + place(root) : said;
  }

  /** The same of a file or folder, without its name. */
  public static String reason(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "it exists already";
    }
    if (failure instanceof NotDirectoryException) {
      return "not a folder";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    String reason = failure.getReason();
    return reason == null ? "a file can't be read or written" : Shown.line(reason);
  }

  /** Whether only Java's own words tell it: a fault of the program, not of what it works with. */
  private static boolean isInternal(Throwable root) {
    return root instanceof NullPointerException
        || root instanceof ClassCastException
        || root instanceof IndexOutOfBoundsException
        || root instanceof ArithmeticException
        || root instanceof ArrayStoreException
        || root instanceof NegativeArraySizeException
        || root instanceof NumberFormatException
        || root instanceof ConcurrentModificationException
        || root instanceof NoSuchElementException
        || root instanceof UnsupportedOperationException
        || root instanceof ReflectiveOperationException
        || root instanceof Error;
  }

  /** Whether it says more than the name of its cause, as a mere wrapping does. */
  private static boolean isSentence(Throwable failure) {
    String message = failure.getMessage();
    return message != null
        && !message.isBlank()
        && (failure.getCause() == null || !message.equals(failure.getCause().toString()));
  }

  /** Where in our own code, for those who maintain it. */
  private static String place(Throwable failure) {
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith(OURS)) {
        return " at %s, line %d"
            .formatted(
                frame.getClassName().substring(OURS.length()).replaceAll("\\$.*", ""),
                frame.getLineNumber());
      }
    }
    return "";
  }

  /** The first line of what it says itself, without names of classes. */
  private static String line(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? ""
        : Shown.line(CLASS_NAME.matcher(message.lines().findFirst().orElse("")).replaceAll(""))
            .strip();
  }
}
