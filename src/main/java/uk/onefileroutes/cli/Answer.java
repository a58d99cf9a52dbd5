package uk.onefileroutes.cli;

import org.jspecify.annotations.Nullable;
import uk.onefileroutes.management.Operations.Done;

/**
 * What a command answers.
 *
 * @param value for {@code --json}, what Jackson can write; null where all is printed already
 * @param text the same for people; may be empty
 */
record Answer(@Nullable Object value, String text, int exitCode) {
  static Answer of(Done done) {
    return new Answer(done, done.message(), ExitCode.DONE);
  }

  /** The command printed all of it while it worked. */
  static Answer printed(int exitCode) {
    return new Answer(null, "", exitCode);
  }
}
