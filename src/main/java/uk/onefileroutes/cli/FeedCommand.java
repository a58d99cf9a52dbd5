package uk.onefileroutes.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.runtime.NewFeed;
import uk.onefileroutes.shown.Causes;

/** {@code feed}: commands about feed files. */
@Command(
    name = "feed",
    mixinStandardHelpOptions = true,
    description = "Feed files: feed new FILE proposes one for an export.",
    subcommands = FeedCommand.New.class)
final class FeedCommand {

  /** {@code feed new}: a proposal, which a person reviews. */
  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description = {
        "Proposes a feed file for an export, by its headers and first 1,000 rows, and prints it.",
        "Review each line. Shows headers, and words of kinds and roles that it does not know; no",
        "other cell. Calls nobody and writes nothing, unless --write says so.",
        "Then: check --sample FILE --feed NAME."
      })
  static final class New extends AnsweringCommand {
    @Parameters(paramLabel = "FILE", description = "An export as the sender writes it.")
    private Path file = Path.of("");

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "Of the feed: a-z, 0-9 and -, at most 32. Default: by the file's name.")
    private String name = "";

    @Option(
        names = "--write",
        description =
            "Writes config/feeds/NAME.properties. A file that is there is never overwritten: then"
                + " nothing is written.")
    private boolean isWritten;

    /** The proposal; {@code file} is null where it was not written. */
    private record Proposed(
        String name, String text, @Nullable String file, String missing, String next) {}

    @Override
    Answer answer() throws Refused {
      NewFeed proposed = proposed();
      Path target = folders().config().resolve("feeds").resolve(proposed.name() + ".properties");
      String next =
          "Review %s, then: check --sample %s --feed %s"
              .formatted(isWritten ? target : "it, save it as " + target, file, proposed.name());
      if (isWritten) {
        write(target, proposed.text());
      }
      String missing =
          proposed.missing().isEmpty()
              ? ""
              : "It can't read the export yet: " + proposed.missing() + System.lineSeparator();
      String said = missing + next + System.lineSeparator();
      if (!isWritten && !output().isJson()) {
        output().err().print(said); // standard output has the feed file and nothing else
      }
      return new Answer(
          new Proposed(
              proposed.name(),
              proposed.text(),
              isWritten ? target.toString() : null,
              proposed.missing(),
              next),
          isWritten ? "Wrote " + target + "." + System.lineSeparator() + said : proposed.text(),
          ExitCode.DONE);
    }

    private NewFeed proposed() throws Refused {
      try {
        return NewFeed.of(file, name);
      } catch (IOException e) {
        throw new Refused(Code.FAILED, "The file can't be read: " + Causes.words(e));
      }
    }

    private static void write(Path target, String text) throws Refused {
      try {
        Files.write(target, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException e) {
        throw new Refused(
            new Refusal(
                Code.NOT_POSSIBLE,
                target + " is there already, and stays as it is.",
                "Give another --name, or leave out --write and compare."));
      } catch (IOException e) {
        throw new Refused(
            Code.FAILED, "%s can't be written: %s".formatted(target, Causes.words(e)));
      }
    }
  }
}
