package uk.onefileroutes.tls;

/** A file of keys or certificates is not what it should be; the message says why and what to do. */
public final class UnusableStore extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableStore(String message) {
    super(message);
  }

  UnusableStore(String message, Exception cause) {
    super(message, cause);
  }
}
