package uk.onefileroutes.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.alarm.AlarmCode;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.FeedFiles;
import uk.onefileroutes.keys.KeyTable;
import uk.onefileroutes.ledger.Trust;
import uk.onefileroutes.users.NewUser;

/** What is shipped beside the jar and said in the manual agrees with the code. */
class ShippedFilesTest {
  private static final Path CONFIG = Path.of("config");
  private static final Path MANUAL = Path.of("src/docs");
  private static final KeyTable TABLE = Configuration.keys();

  @Test
  void everyApplicationKeyStandsInTheShippedFile() throws IOException {
    List<String> lines = Files.readAllLines(CONFIG.resolve("application.properties"));

    assertThat(TABLE.names())
        .allSatisfy(key -> assertThat(lines).anyMatch(line -> line.startsWith("#" + key + "=")));
  }

  @Test
  void everyApplicationKeyStandsInTheManual() throws IOException {
    String page = Files.readString(MANUAL.resolve("keys.md"));

    assertThat(Stream.concat(TABLE.names().stream(), TABLE.families().stream()))
        .allSatisfy(key -> assertThat(page).contains("`" + key));
  }

  @Test
  void everyKeyOfTheSftpExampleStandsInTheManual() throws IOException {
    String page = Files.readString(MANUAL.resolve("keys.md"));

    assertThat(Files.readAllLines(CONFIG.resolve("feeds/sftp.properties.example")))
        .filteredOn(line -> line.matches("#?sftp\\..*=.*"))
        .hasSizeGreaterThan(8)
        .allSatisfy(line -> assertThat(page).contains("`" + line.replaceAll("^#|=.*", "") + "`"));
  }

  @Test
  void theShippedFileSetsNothingSoThatTheEnvironmentAloneSuffices() throws IOException {
    assertThat(Files.readAllLines(CONFIG.resolve("application.properties")))
        .allMatch(line -> line.isEmpty() || line.startsWith("#"));
  }

  @Test
  void whatTheShippedFileCommentsOutIsAccepted(@TempDir Path folder) throws Exception {
    String shipped = Files.readString(CONFIG.resolve("application.properties"));
    // a secret or its file, never both; a store of keys can't be an example
    String switchedOn =
        shipped
            .replaceAll("(?m)^#([a-z][a-z.-]*=.*)$", "$1")
            .replaceAll("(?m)^[a-z.-]+-(file|store|store-password)=.*$", "");
    Files.writeString(folder.resolve("application.properties"), switchedOn);
    Path users = folder.resolve("users");
    Files.writeString(users, NewUser.line("anna", "an invented password", "look"));
    Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
    Path feeds = Files.createDirectory(folder.resolve("feeds"));
    Files.copy(
        CONFIG.resolve("feeds").resolve("inbox.properties"), feeds.resolve("inbox.properties"));

    Configuration read =
        Configuration.read(Folders.of(folder, Path.of("routes"), folder.resolve("data")));

    assertThat(read.delivery().concurrency()).isEqualTo(8);
  }

  @Test
  void theExampleFeedsAreWithoutFault(@TempDir Path folder) throws IOException {
    try (Stream<Path> shipped = Files.list(CONFIG.resolve("feeds"))) {
      for (Path example : shipped.filter(file -> file.toString().endsWith(".example")).toList()) {
        String name = example.getFileName().toString().replace(".example", "");
        Files.copy(example, folder.resolve(name));
      }
    }
    List<String> faults = new ArrayList<>();

    List<Feed> feeds = FeedFiles.read(folder, key -> Optional.empty(), Trust.FOR_EVER, faults);

    assertThat(faults).isEmpty();
    assertThat(feeds)
        .extracting(Feed::name)
        .containsExactly(
            "done-marker", "references", "semicolon-mapped", "sftp", "wide-per-learner");
  }

  @Test
  void everyTestThatTheManualNamesIsThere() throws IOException {
    Set<String> tests;
    try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
      tests =
          sources
              .map(source -> source.getFileName().toString().replace(".java", ""))
              .collect(Collectors.toSet());
    }
    List<String> named =
        Pattern.compile("`([A-Z][A-Za-z]+(?:Test|IT))`")
            .matcher(Files.readString(MANUAL.resolve("architecture.md")))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(named).hasSizeGreaterThan(20).allSatisfy(name -> assertThat(tests).contains(name));
  }

  @Test
  void everyCodeAndEveryStateStandsInTheManual() throws IOException {
    String pages =
        Files.readString(MANUAL.resolve("results.md"))
            + Files.readString(MANUAL.resolve("alarms.md"));
    List<String> words = new ArrayList<>();
    Stream.of(Code.values()).map(Code::name).forEach(words::add);
    Stream.of(FileCode.values()).map(FileCode::name).forEach(words::add);
    Stream.of(RowState.values()).map(RowState::word).forEach(words::add);
    Stream.of(FileState.values()).map(FileState::word).forEach(words::add);
    Stream.of(AlarmCode.values()).map(AlarmCode::name).forEach(words::add);

    // as a word of its own, in code style: BAD_REQUEST is not said by a sentence about bad requests
    assertThat(words)
        .allSatisfy(
            word -> assertThat(pages).containsPattern("`[^`\n]*\\b" + word + "\\b[^`\n]*`"));
  }
}
