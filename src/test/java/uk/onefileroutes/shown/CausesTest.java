package uk.onefileroutes.shown;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures as people read them: no class of Java's, no wrapping, no cell. */
class CausesTest {
  /** An exception of ours has a sentence of ours. */
  private static final class Ours extends Exception {
    private static final long serialVersionUID = 1L;

    Ours(String message, Throwable cause) {
      super(message, cause);
    }

    Ours(Throwable cause) {
      super(cause);
    }
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new NoSuchFileException("/data/in"), "/data/in: no such file or folder"),
        Arguments.of(new AccessDeniedException("/data/in"), "/data/in: permission denied"),
        Arguments.of(new FileAlreadyExistsException("/data/a"), "/data/a: it exists already"),
        Arguments.of(
            new FileSystemException("/data/a", null, "No space left on device"),
            "/data/a: No space left on device"),
        Arguments.of(new UnknownHostException("sftp.example"), "host not found: sftp.example"),
        Arguments.of(
            new ConnectException("Connection refused"),
            "nothing answers there: Connection refused"),
        Arguments.of(new SocketTimeoutException("Read timed out"), "no answer in time"),
        Arguments.of(new InterruptedException(), "it was interrupted"),
        Arguments.of(new IOException("broken pipe"), "broken pipe"),
        Arguments.of(new IOException("first line\n\tat second line"), "first line"),
        Arguments.of(
            new ExecutionException(new UncheckedIOException(new IOException("broken pipe"))),
            "broken pipe"),
        Arguments.of(
            new IllegalStateException("java.io.IOException: no rights for a/b"),
            "no rights for a/b"),
        Arguments.of(
            new IllegalStateException(
                "failed: org.h2.jdbc.JdbcSQLNonTransientException: locked; see MVStoreException"),
            "failed: locked; see"),
        Arguments.of(
            new RuntimeException(new Ours("the drop folder is away", new IOException("EIO"))),
            "the drop folder is away"),
        Arguments.of(new Ours(new IOException("EIO")), "EIO"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsToldInWords(Throwable failure, String words) {
    assertThat(Causes.words(failure)).isEqualTo(words);
  }

  static Stream<Throwable> internal() {
    return Stream.of(
        thrown(() -> Integer.parseInt("Ada Lovelace")),
        thrown(() -> List.of().get(3)),
        thrown(() -> List.of().add(null)),
        new NullPointerException("Cannot invoke \"Ada.name()\""),
        new RuntimeException((String) null),
        new StackOverflowError(),
        new RuntimeException(new ClassCastException("class Ada cannot be cast to class Bob")));
  }

  @ParameterizedTest
  @MethodSource("internal")
  void aFaultOfTheProgramIsToldByItsPlaceAndQuotesNothing(Throwable failure) {
    assertThat(Causes.words(failure))
        .matches("an internal error at shown\\.CausesTest, line \\d+")
        .doesNotContain("Ada");
  }

  private static Throwable thrown(Runnable fault) {
    try {
      fault.run();
    } catch (RuntimeException e) {
      return e;
    }
    throw new AssertionError("nothing was thrown");
  }
}
