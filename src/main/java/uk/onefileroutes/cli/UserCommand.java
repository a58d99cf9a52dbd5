package uk.onefileroutes.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.users.NewUser;

/** {@code user}: commands about the people of {@code management.users}. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    description = "People of management.users: user new NAME makes a line for one.",
    subcommands = UserCommand.New.class)
final class UserCommand {

  /** {@code user new}: a line with a hashed password, which a person adds to the file. */
  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description = {
        "Asks for a password and prints a line for the file that management.users names: name, hash",
        "of the password, roles. Writes nothing. Add the line to the file; it holds at once."
      })
  static final class New extends AnsweringCommand {
    @Parameters(paramLabel = "NAME", description = "By which the person logs in.")
    private String name = "";

    @Option(
        names = "--roles",
        required = true,
        paramLabel = "ROLES",
        description = "look, operate, approve, administer, with commas between them.")
    private String roles = "";

    @Option(
        names = "--stdin",
        description =
            "Reads the password as the first line of standard input, rather than asking for it.")
    private boolean isFromStandardInput;

    /** What was made. */
    private record Made(String name, String line) {}

    @Override
    Answer answer() throws Refused, IOException {
      String fault = NewUser.fault(name, roles);
      if (!fault.isEmpty()) {
        throw new Refused(Code.USAGE, fault);
      }
      String password = isFromStandardInput ? firstLine() : asked();
      String weakness = NewUser.fault(password);
      if (!weakness.isEmpty()) {
        throw new Refused(Code.USAGE, weakness);
      }
      String line = NewUser.line(name, password, roles);
      return new Answer(new Made(name, line), line, ExitCode.DONE);
    }

    @SuppressWarnings("SystemConsoleNull") // Terminal says the rest
    private static String asked() throws Refused {
      Console console = System.console();
      if (console == null || !Terminal.exists()) {
        throw new Refused(
            new Refusal(
                Code.USAGE,
                "There is no terminal to type the password at.",
                "Add --stdin and give it on standard input."));
      }
      char[] first = console.readPassword("Password: ");
      char[] again = console.readPassword("Again: ");
      if (first == null || again == null || !Arrays.equals(first, again)) {
        throw new Refused(Code.USAGE, "The two passwords are not the same.");
      }
      return new String(first);
    }

    private static String firstLine() throws IOException {
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      return line == null ? "" : line;
    }
  }
}
