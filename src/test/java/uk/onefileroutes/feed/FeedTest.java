package uk.onefileroutes.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.assignment.Vocabulary;
import uk.onefileroutes.ledger.Trust;

class FeedTest {
  private final List<String> faults = new ArrayList<>();

  @Test
  void twoFoldersAreEnoughAndTheRestIsUsual() {
    Feed feed = Feed.read("inbox", usual(), Trust.FOR_EVER, faults).orElseThrow();

    assertThat(feed.name()).isEqualTo("inbox");
    assertThat(feed.places())
        .isEqualTo(
            new Feed.Places(
                new Place.Folder(Path.of("inbox")),
                Feed.Ready.STABLE,
                new Feed.Waits(
                    Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMinutes(10)),
                List.of("*"),
                new Place.Folder(Path.of("results")),
                List.of()));
    assertThat(feed.layout())
        .isEqualTo(new Feed.Layout(Feed.Format.AUTO, null, null, null, null, null));
    assertThat(feed.limits()).isEqualTo(new Feed.Limits(104_857_600, 1_000_000, 65_536, 500));
    assertThat(feed.trust()).isEqualTo(Trust.FOR_EVER);
    assertThat(faults).isEmpty();
  }

  @Test
  void aSheetIsForWorkbooksOnly() {
    Map<String, String> keys = usual();
    keys.put("sheet", "Data");
    assertThat(Feed.read("inbox", keys, Trust.FOR_EVER, faults).orElseThrow().layout().sheet())
        .isEqualTo("Data");
    keys.put("format", "csv");

    assertThat(Feed.read("inbox", keys, Trust.FOR_EVER, faults)).isEmpty();
    assertThat(faults).singleElement().asString().contains("sheet", "format=xlsx");
  }

  @Test
  void everyKeyIsUnderstood() {
    Map<String, String> keys = usual();
    keys.put("source", "directory");
    keys.put("results", "directory");
    keys.put("poll", "500ms");
    keys.put("ready", "done");
    keys.put("include", "*.csv, assign-*.txt");
    keys.put("format", "csv");
    keys.put("charset", "windows-1252");
    keys.put("delimiter", "semicolon");
    keys.put("column.learner_id", "Learner Ref");
    keys.put("constant.kind", "default");
    keys.put("role.coach", "assessor");
    keys.put("kind.aim", "learning-aim");
    keys.put("ignore.Status", "Left, \"Gone, for now\",Withdrawn");
    keys.put("empty.tbc", "");
    keys.put("limit.rows", "10");
    keys.put("plan.trust-days", "30");
    keys.put("plan.hold.invalid-percent", "never");
    keys.put("plan.hold.change-percent", "0");
    keys.put("plan.hold.from", "5");
    keys.put("plan.hold.gone-percent", "30");
    keys.put("plan.hold.caseload", "never");
    keys.put("plan.hold.column-empty", "false");
    keys.put("plan.hold.older", "2d");
    keys.put("plan.hold.last-line-open", "false");
    keys.put("plan.hold.swapped", "false");
    keys.put("feed.snapshot", "partial");
    keys.put("plan.contradiction", "invalid");
    keys.put("plan.release.approvals", "2");
    keys.put("plan.all-or-nothing", "false");
    PlanRules usual =
        new PlanRules(
            new Trust(true, 7),
            new Holding(Holding.DEFAULT.shares(), Holding.DEFAULT.doubts(), true, true));
    Feed feed = Feed.read("inbox", keys, usual, faults).orElseThrow();

    // what the feed does not say itself is as for all feeds
    assertThat(feed.trust()).isEqualTo(new Trust(true, 30));
    assertThat(feed.rules())
        .isEqualTo(
            new PlanRules(
                new Trust(true, 30),
                new Holding(
                    new Holding.Shares(5, Holding.NEVER, 0, 30),
                    new Holding.Doubts(
                        Holding.Doubts.ANY_CASELOAD, false, Duration.ofDays(2), false, false),
                    false,
                    true),
                PlanRules.Snapshot.PARTIAL,
                PlanRules.Contradiction.INVALID,
                2));

    assertThat(feed.places().poll()).isEqualTo(Duration.ofMillis(500));
    assertThat(feed.places().ready()).isEqualTo(Feed.Ready.DONE);
    assertThat(feed.places().includes("june.csv")).isTrue();
    assertThat(feed.places().includes("assign-june.txt")).isTrue();
    assertThat(feed.places().includes("june.txt")).isFalse();
    assertThat(feed.layout().charset()).isEqualTo(java.nio.charset.Charset.forName("windows-1252"));
    assertThat(feed.layout().delimiter()).isEqualTo(';');
    assertThat(feed.mapping())
        .isEqualTo(
            new Feed.Mapping(
                Map.of(Column.LEARNER, "Learner Ref"),
                Map.of(Column.KIND, "default"),
                Map.of("Status", List.of("Left", "Gone, for now", "Withdrawn")),
                Set.of("tbc"),
                new Vocabulary(Map.of("aim", Kind.LEARNING_AIM), Map.of("coach", Role.ASSESSOR)),
                List.of(),
                null));
    assertThat(feed.limits().rows()).isEqualTo(10);
  }

  @Test
  void allFaultsAreNamedAtOnce() {
    Map<String, String> keys = usual();
    keys.remove("results.directory");
    keys.put("ready", "soon");
    keys.put("redy", "stable");
    keys.put("poll", "5 seconds");

    assertThat(Feed.read("inbox", keys, Trust.FOR_EVER, faults)).isEmpty();
    assertThat(faults)
        .containsExactlyInAnyOrder(
            "feeds/inbox.properties: results.directory: missing; name a folder",
            "feeds/inbox.properties: ready=soon: not one of stable, done, rename; write stable if unsure",
            "feeds/inbox.properties: poll=5 seconds: not a duration; write it as 500ms, 5s, 1m, 24h or 7d",
            "feeds/inbox.properties: redy: unknown key; did you mean ready?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source|ftp|not one of directory, sftp",
        "poll|99ms|below the floor of 100ms",
        "poll|25h|above the ceiling of 1d",
        "include|*.csv,|empty pattern",
        "include|in/*.csv|speaks of folders",
        "include|[|not a pattern",
        "format|xml|not one of auto, csv, json, ndjson, xlsx",
        "charset|latin-99|not a charset that Java knows",
        "charset|UTF-32|not a charset that CSV files come in",
        "charset|IBM037|not a charset that CSV files come in",
        "delimiter|colon|not one of auto, comma",
        "delimiter|x|not one of auto, comma",
        "results.directory|./inbox|is the drop folder itself",
        "results|ftp|not one of directory, sftp",
        "sftp.directory|/outgoing|is for source=sftp only",
        "sftp.host|sftp.example.org|is for source=sftp or results=sftp only",
        "role.coach|boss|not one of assessor, iqa, employer, observer",
        "kind.aim|3|not one of default, learning-aim, unit-summary, additional",
        "role.|iqa|nothing follows the dot",
        "ignore.Status|Left,|not values with commas between them",
        "ignore.Status|'\"Left,Withdrawn'|not values with commas between them",
        "empty.tbc|true|the word belongs before the =",
        "empty.|''|nothing follows the dot",
        "constant.role|''|has no value",
        "column.lerner_id|X|did you mean column.learner_id?",
        "wholly.unlike.anything|X|unknown key; remove it",
        "limit.bytes|1023|below the floor of 1024",
        "limit.bytes|1073741825|above the ceiling of 1073741824",
        "limit.rows|0|below the floor of 1",
        "limit.rows|10000001|above the ceiling of 10000000",
        "limit.line|99|below the floor of 100",
        "limit.line|1048577|above the ceiling of 1048576",
        "limit.columns|0|below the floor of 1",
        "limit.columns|10001|above the ceiling of 10000",
        "limit.rows|many|not a whole number",
        "plan.resend|never|not one of changes, always",
        "plan.trust-days|3651|above the ceiling of 3650",
        "plan.trust-days|30d|not a whole number",
        "plan.hold.invalid-percent|101|above the ceiling of 100",
        "plan.hold.invalid-percent|20 %|not a whole number",
        "plan.hold.change-percent|101|above the ceiling of 100",
        "plan.hold.change-percent|-1|not a whole number",
        "plan.hold.first-file|yes|not one of true, false",
        "plan.hold.from|0|below the floor of 1",
        "plan.hold.gone-percent|101|above the ceiling of 100",
        "plan.hold.older|yes|not a duration",
        "feed.snapshot|half|not one of full, partial",
        "plan.contradiction|first|not one of last, invalid",
        "plan.all-or-nothing|1|not one of true, false",
      })
  void aWrongValueIsRefusedWithItsReason(String key, String value, String reason) {
    Map<String, String> keys = usual();
    keys.put(key, value);

    assertThat(Feed.read("inbox", keys, Trust.FOR_EVER, faults)).isEmpty();
    assertThat(faults).singleElement().asString().contains(key).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "poll,100ms",
    "poll,1d",
    "limit.bytes,1024",
    "limit.bytes,1073741824",
    "limit.rows,1",
    "limit.rows,10000000",
    "limit.line,100",
    "limit.line,1048576",
    "limit.columns,1",
    "limit.columns,10000",
    "charset,UTF-16",
    "charset,auto",
    "delimiter,pipe",
    "delimiter,~"
  })
  void aValueAtItsFloorOrCeilingIsTaken(String key, String value) {
    Map<String, String> keys = usual();
    keys.put(key, value);

    assertThat(Feed.read("inbox", keys, Trust.FOR_EVER, faults)).isPresent();
    assertThat(faults).isEmpty();
  }

  @Test
  void anSftpServerIsUnderstood() {
    Map<String, String> keys = sftp();
    keys.put("sftp.port", "2222");
    keys.put("sftp.key-file", "id");
    keys.put("sftp.key-passphrase", "open-sesame");
    keys.put("sftp.directory", "/outgoing/");
    keys.put("results", "sftp");
    keys.put("results.directory", "results");
    Feed feed = Feed.read("hr", keys, Trust.FOR_EVER, faults).orElseThrow();

    SftpServer server =
        new SftpServer(
            "sftp.example.org",
            2222,
            new SftpServer.Login("mis", "open-sesame", Path.of("id"), "open-sesame"),
            Path.of("known_hosts"),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));
    assertThat(feed.places().source()).isEqualTo(new Place.Remote(server, "/outgoing"));
    assertThat(feed.places().results()).isEqualTo(new Place.Remote(server, "results"));
    assertThat(feed.places().source()).hasToString("sftp://mis@sftp.example.org:2222/outgoing");
    assertThat(feed.places().results()).hasToString("sftp://mis@sftp.example.org:2222/~/results");
    assertThat(feed.toString()).doesNotContain("open-sesame");
  }

  @Test
  void allThatAnSftpFeedLacksIsNamedAtOnceWithItsRemedy() {
    assertThat(Feed.read("hr", new HashMap<>(Map.of("source", "sftp")), Trust.FOR_EVER, faults))
        .isEmpty();
    assertThat(faults)
        .extracting(fault -> fault.replaceAll("; .*", ""))
        .containsExactlyInAnyOrder(
            "feeds/hr.properties: sftp.host: missing",
            "feeds/hr.properties: sftp.user: missing",
            "feeds/hr.properties: sftp.password, sftp.key-file: both missing",
            "feeds/hr.properties: sftp.known-hosts: missing",
            "feeds/hr.properties: sftp.directory: missing",
            "feeds/hr.properties: results.directory: missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "directory|inbox|is for source=directory only",
        "sftp.host|sftp.example.org:22|not a host name",
        "sftp.port|0|below the floor of 1",
        "sftp.port|65536|above the ceiling of 65535",
        "sftp.directory|out?x=1|not a folder's path on a server",
        "sftp.directory|out//going|not a folder's path on a server",
        "sftp.key-passphrase|open-sesame|there is no sftp.key-file",
        "sftp.connect-timeout|99ms|below the floor of 100ms",
        "sftp.connect-timeout|301s|above the ceiling of 5m",
        "sftp.timeout|99ms|below the floor of 100ms",
        "sftp.timeout|901s|above the ceiling of 15m",
      })
  void aWrongValueForSftpIsRefusedWithItsReason(String key, String value, String reason) {
    Map<String, String> keys = sftp();
    keys.put(key, value);

    assertThat(Feed.read("hr", keys, Trust.FOR_EVER, faults)).isEmpty();
    assertThat(faults).singleElement().asString().contains(key).contains(reason);
    assertThat(faults).noneMatch(fault -> fault.contains("open-sesame"));
  }

  @Test
  void secretsMayComeFromOutsideTheFileAndWinThenAndFilesLieBesideTheFeeds(@TempDir Path config)
      throws IOException {
    Path folder = Files.createDirectory(config.resolve("feeds"));
    Map<String, String> keys = sftp();
    keys.put("sftp.key-file", "id");
    Files.write(
        folder.resolve("hr.properties"),
        keys.entrySet().stream().map(key -> key.getKey() + "=" + key.getValue()).toList());
    Map<String, String> outside =
        Map.of(
            "feeds.hr.sftp.password", "from-outside",
            "feeds.hr.sftp.key-passphrase", "also",
            "feeds.hr.sftp.user", "never-asked-for");

    List<Feed> feeds =
        FeedFiles.read(
            folder, key -> Optional.ofNullable(outside.get(key)), Trust.FOR_EVER, faults);

    assertThat(faults).isEmpty();
    Place.Remote source = (Place.Remote) feeds.get(0).places().source();
    assertThat(source.server().login())
        .isEqualTo(new SftpServer.Login("mis", "from-outside", config.resolve("id"), "also"));
    assertThat(source.server().knownHosts()).isEqualTo(config.resolve("known_hosts"));
  }

  @Test
  void aTabStandsForItself() {
    Map<String, String> keys = usual();
    keys.put("delimiter", "\t");

    assertThat(Feed.read("inbox", keys, Trust.FOR_EVER, faults).orElseThrow().layout().delimiter())
        .isEqualTo('\t');
  }

  @Test
  void columnAndConstantForTheSameAreRefused() {
    Map<String, String> keys = usual();
    keys.put("column.role", "Role");
    keys.put("constant.role", "iqa");
    keys.put("column.kind", "ROLE");

    assertThat(Feed.read("inbox", keys, Trust.FOR_EVER, faults)).isEmpty();
    assertThat(faults)
        .containsExactlyInAnyOrder(
            "feeds/inbox.properties: constant.role=iqa: column.role is there too; remove one of the two",
            "feeds/inbox.properties: column.kind=ROLE: the same header as column.role; name one header for each");
  }

  @Test
  void theValueOfAnUnknownKeyIsNotRepeated() {
    Map<String, String> keys = usual();
    keys.put("sftp.pasword", "open-sesame");

    assertThat(Feed.read("inbox", keys, Trust.FOR_EVER, faults)).isEmpty();
    assertThat(faults).singleElement().asString().doesNotContain("open-sesame");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "In box", "UPPER", "a23456789012345678901234567890123", "a.b"})
  void aNameOutsideTheRuleIsRefused(String name) {
    assertThat(Feed.read(name, usual(), Trust.FOR_EVER, faults)).isEmpty();
    assertThat(faults).singleElement().asString().contains("a feed's name is 1 to 32");
  }

  @Test
  void theNameOfTheBuiltInFeedIsRefused() {
    assertThat(Feed.read(AppliedFeed.NAME, usual(), Trust.FOR_EVER, faults)).isEmpty();
    assertThat(faults)
        .containsExactly(
            "feeds/apply.properties: the command apply has a feed of this name; rename the file");
  }

  @Test
  void aFolderOfFeedsIsReadWithAllItsFaults(@TempDir Path folder) throws IOException {
    String good = "directory=inbox\nresults.directory=results\n";
    Files.writeString(folder.resolve("b.properties"), good + "role.línea=employer\n");
    Files.writeString(folder.resolve("a.properties"), good);
    Files.writeString(folder.resolve("sftp.example"), "nothing = of ours");
    Files.writeString(folder.resolve("twice.properties"), good + "poll=1s\npoll=2s\n");
    Files.write(
        folder.resolve("latin.properties"), (good + "# é").getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(
        folder.resolve("windows.properties"),
        "# c:\\temp\ndirectory=c:\\users\\mis\nresults.directory=\\\n  d:\\out\n");
    Files.writeString(folder.resolve("mark.properties"), "\ufeff" + good + "role.line\\ man=iqa\n");
    Files.writeString(
        folder.resolve("tab.properties"), "directory=drop\nresults.directory=out\\table\\new\n");
    Files.writeString(
        folder.resolve("twofold.properties"), "directory=in\\\\drop\nresults.directory=C:/out\n");
    Files.writeString(folder.resolve("empty.properties"), "");

    List<Feed> feeds = FeedFiles.read(folder, key -> Optional.empty(), Trust.FOR_EVER, faults);

    assertThat(feeds).extracting(Feed::name).containsExactly("a", "b", "mark");
    assertThat(feeds.get(1).mapping().words().role("línea")).isNotNull();
    assertThat(faults)
        .containsExactlyInAnyOrder(
            "feeds/twice.properties: poll: stands there twice; remove one",
            "feeds/latin.properties: not UTF-8; save it as UTF-8",
            "feeds/windows.properties: directory: a single \\ is lost; write / or \\\\ in its"
                + " place",
            "feeds/windows.properties: d: a single \\ is lost; write / or \\\\ in its place",
            "feeds/tab.properties: results.directory=out able ew: has a tab or a line end within,"
                + " which a single \\ before t, n, r or f makes; write / or \\\\ in its place",
            "feeds/twofold.properties: directory=in\\drop: has a \\, which is no separator of folders"
                + " here; write /",
            "feeds/twofold.properties: results.directory=C:/out: names a drive of Windows, and this"
                + " machine has none; write the folder as it is called here, such as /srv/drop",
            "feeds/empty.properties: directory: missing; name a folder",
            "feeds/empty.properties: results.directory: missing; name a folder");
  }

  private static Map<String, String> sftp() {
    return new HashMap<>(
        Map.of(
            "source", "sftp",
            "sftp.host", "sftp.example.org",
            "sftp.user", "mis",
            "sftp.password", "open-sesame",
            "sftp.known-hosts", "known_hosts",
            "sftp.directory", "outgoing",
            "results.directory", "results"));
  }

  private static Map<String, String> usual() {
    return new HashMap<>(Map.of("directory", "inbox", "results.directory", "results"));
  }
}
