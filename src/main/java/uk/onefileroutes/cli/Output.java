package uk.onefileroutes.cli;

import java.io.PrintStream;
import java.util.Map;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.management.Json;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.runtime.StartFailure;

/**
 * Where a command prints. With {@code --json} standard output has JSON only: the answer, or an
 * object with the member {@code error}; else the answer as text, and standard error has the reason
 * why there is none. For one thread.
 *
 * @param out standard output
 * @param err standard error
 */
record Output(boolean isJson, PrintStream out, PrintStream err) {
  /** Prints an answer. */
  void show(Answer answer) {
    if (isJson) {
      if (answer.value() != null) {
        Json.write(answer.value(), out);
      }
    } else if (!answer.text().isEmpty()) {
      out.print(
          answer.text().endsWith("\n") ? answer.text() : answer.text() + System.lineSeparator());
    }
  }

  /**
   * Says why something is not done.
   *
   * @return the exit code
   */
  int refuse(Refusal refusal) {
    if (isJson) {
      Json.write(Map.of("error", refusal), out);
    } else {
      err.println(refusal.text());
    }
    return ExitCode.of(refusal.code());
  }

  /** What people read while a command works: never where the JSON goes. */
  PrintStream progress() {
    return isJson ? err : out;
  }

  static Refusal refusal(ConfigurationFault fault) {
    return new Refusal(Code.CONFIGURATION, String.join(System.lineSeparator(), fault.faults()));
  }

  static Refusal refusal(StartFailure failure) {
    return new Refusal(
        failure.isConfiguration() ? Code.CONFIGURATION : Code.FAILED,
        String.valueOf(failure.getMessage()));
  }
}
