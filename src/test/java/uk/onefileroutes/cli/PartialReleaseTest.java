package uk.onefileroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.testing.FreePort;
import uk.onefileroutes.testing.TestBundle;
import uk.onefileroutes.testing.TestBundle.Setup;

/** A held file is released as it was reviewed, or part by part. */
class PartialReleaseTest {
  private static final Pattern DIGEST = Pattern.compile("Digest ([0-9a-f]{16})\\.");

  private static final String HEADER = "learner_id,kind,role,assignee_id,standard_id\n";

  @TempDir Path folder;

  private TestBundle bundle;

  private record Said(int exitCode, String text) {}

  /** File 1 is sent; file 2 would replace each of 20 and add 3, so that it is held. */
  @BeforeEach
  void holdAFile() throws Exception {
    bundle =
        TestBundle.start(
            Setup.plain()
                .withFeedKey("feed.snapshot", "partial")
                .withFeed("strict", strict())
                .withKey("management.port", Integer.toString(FreePort.find()))
                .withKey("management.password", "invented-password-of-a-test"));
    bundle.drop("before.csv", rows(1001, 20, 5001) + "2000,default,employer,5005,\n");
    assertThat(bundle.awaitResults("before.csv")).isNotEmptyFile();
    bundle.drop(
        "held.csv",
        rows(1001, 20, 5002)
            + "1021,default,assessor,5002,\n1022,1,observer,5031,\n1001,3,iqa,5011,4711\n");
    assertThat(bundle.awaitHeldAnswer("held.csv").file().message())
        .endsWith(
            "`release 2` sends its 23 valid assignments all the same, `release 2 --only adds` the 3"
                + " that replace nobody, `cancel 2` gives it up.");
  }

  @AfterEach
  void stop() throws IOException {
    bundle.close();
    uk.onefileroutes.cli.Said.forgetLogging();
  }

  @Test
  void addsGoAheadThenAFewThenTheRest() throws Exception {
    assertThat(say("release held.csv --only adds"))
        .isEqualTo(
            new Said(
                0,
                "Released of file 2, held.csv: file 3, part-2-held.csv, with 3 assignments; the rest"
                    + " stays held.\n"));
    assertThat(lines("part-2-held.csv"))
        .containsExactly(
            "1021,default,assessor,5002,,,21,1,sent",
            "1022,additional,observer,5031,,,22,2,sent",
            "1001,learning-aim,iqa,5011,4711,,23,3,sent");
    assertThat(say("release 2 --only adds"))
        .isEqualTo(new Said(1, "File 2 would send nothing of that kind; it stays held.\n"));
    assertThat(say("status 2").text()).contains("held");

    assertThat(say("release 2 --first 2").text())
        .contains("file 4, part-2-held.csv, with 2 assign");
    assertThat(lines("part-2-held.csv"))
        .containsExactly(
            "1001,default,assessor,5002,,,1,1,sent", "1002,default,assessor,5002,,,2,2,sent");

    assertThat(say("release 2").exitCode()).isZero();
    List<String> rest = lines("held.csv");
    assertThat(rest.stream().filter(line -> line.endsWith(",sent"))).hasSize(18);
    assertThat(rest.stream().filter(line -> line.endsWith(",unchanged"))).hasSize(5);
    // 21 before, 23 of the held file: none twice
    assertThat(bundle.simulator().calls().stream().filter(call -> call.path().contains("/User/")))
        .hasSize(44);
  }

  @Test
  void onlyWhatWasReviewedIsReleased() throws Exception {
    String digest = digest("plan 2");
    assertThat(digest("plan 2")).isEqualTo(digest);
    bundle.drop(
        "between.csv",
        "learner_id,kind,role,assignee_id,standard_id\n1002,default,assessor,5009,\n1001,3,iqa,5011,4711\n");
    assertThat(bundle.awaitResults("between.csv")).isNotEmptyFile();
    Said refused = say("release 2 --plan " + digest);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.text())
        .startsWith(
            "What file 2 would send is not what was reviewed: 0 more, 2 not any more, 0 otherwise"
                + " (row 2, learner 1002, default/assessor: 5001 -> 5002 not any more; row 23, learner"
                + " 1001, learning-aim/4711/iqa: nobody known -> 5011 not any more).");
    assertThat(say("release 2 --plan 0123456789abcdef").text())
        .contains("no plan with that digest is kept");
    assertThat(say("release 2 --plan " + digest("plan 2")).text())
        .startsWith("Released file 2, held.csv by plan ");
    assertThat(lines("held.csv").stream().filter(line -> line.endsWith(",sent"))).hasSize(21);
  }

  @Test
  void whatASlotHoldsIsInTheDigest() throws Exception {
    String digest = digest("plan 2");
    assertThat(say("forget --learner 1003").exitCode()).isZero();
    assertThat(say("release 2 --plan " + digest).text())
        .startsWith(
            "What file 2 would send is not what was reviewed: 0 more, 0 not any more, 1 otherwise"
                + " (row 3, learner 1003, default/assessor: 5001 -> 5002 was reviewed, now nobody"
                + " known -> 5002).");
  }

  @Test
  void aNewerFilesSlotsAreNotReleasedInParts() throws Exception {
    bundle.drop("newer.csv", rows(1021, 1, 5009));
    assertThat(bundle.awaitResults("newer.csv")).isNotEmptyFile();
    assertThat(say("release 2 --only adds").text()).contains("with 2 assignments");
    assertThat(lines("part-2-held.csv"))
        .containsExactly(
            "1022,additional,observer,5031,,,22,1,sent",
            "1001,learning-aim,iqa,5011,4711,,23,2,sent");
  }

  @Test
  void whatIsNotAChoiceIsRefused() throws Exception {
    assertThat(say("release 2 --only changes").text())
        .isEqualTo("\"changes\" can't be released by itself; adds can.\n");
    assertThat(say("release 2 --first 0").text())
        .isEqualTo("The number of assignments is one from 1 on.\n");
    assertThat(say("release 1 --first 1").text())
        .isEqualTo("File 1 is done; only a held file can be released.\n");
  }

  @Test
  void twoPeopleReleaseWhatTheyBothReviewed() throws Exception {
    bundle.drop(
        "../strict/careful.csv",
        "learner_id,kind,role,assignee_id\n3001,default,assessor,\n3002,default,assessor,5001\n");
    TestBundle.Answer held = bundle.awaitHeldAnswer("careful.csv");
    String no = Long.toString(held.file().no());
    assertThat(held.file().message()).endsWith(" 2 people must approve its release.");
    String plan = "release careful.csv --plan " + digest("plan careful.csv");
    String once = "Approved the release of file 3, careful.csv: 1 of 2 approvals, by admin (ada);";
    assertThat(sayAs("ada", plan).text()).startsWith(once);
    assertThat(sayAs("ada", "release careful.csv").text()).startsWith(once);
    assertThat(say("status careful.csv").text()).contains("1 of 2 approvals, by admin (ada).");
    assertThat(sayAs("kim", "release careful.csv --first 1").text())
        .contains("1 of 2 approvals, by admin (kim)"); // of something else
    assertThat(sayAs("kim", plan).text()).contains("1 of 2 approvals, by admin (kim)");
    assertThat(sayAs("ada", "release careful.csv").text())
        .startsWith(
            "Released file "
                + no
                + ", careful.csv, 2 of 2 approvals, by admin (kim) and admin (ada)");
    assertThat(lines("careful.csv").get(1)).endsWith(",sent");
    assertThat(say("audit --last 1").text()).contains("release", "admin (ada)");
  }

  @Test
  void twoExportsAreComparedWhateverWasSent() throws Exception {
    Path before =
        Files.writeString(
            folder.resolve("before.csv"),
            HEADER
                + "1,default,assessor,5001,\n2,default,assessor,5001,\n3,3,iqa,5011,4711\n4,default,assessor,,\n");
    Path now =
        Files.writeString(
            folder.resolve("now.csv"),
            HEADER
                + "1,default,assessor,5001,\n2,default,assessor,5009,\n2,default,assessor,5002,\n5,1,observer,5031,\n");
    Said said = say("plan " + now + " --against " + before + " --feed test");
    assertThat(said.text().replace(System.lineSeparator(), "\n"))
        .isEqualTo(
            """
            now.csv against before.csv, by feed test. Nothing is sent, nothing is recorded.

            Added
              + row 4, learner 5, additional/5031: 5031

            Changed
              ~ row 3, learner 2, default/assessor: 5001 -> 5002

            Gone
              - row 3, learner 3, learning-aim/4711/iqa: 5011

            Difference: 1 added, 1 changed, 1 gone, 1 alike; 0 invalid rows, 1 before.
            """);
    assertThat(said.exitCode()).isZero();
    assertThat(say("plan " + now + " --against nothing.csv --feed test").exitCode()).isEqualTo(2);
    bundle.stopInstance();
    assertThat(say("plan " + now + " --against " + before + " --feed test").text())
        .contains("Difference: 1 added, 1 changed, 1 gone, 1 alike; 0 invalid rows, 1 before.");
  }

  /** A feed of its own, whose files are held for one invalid row. */
  private static Map<String, String> strict() {
    return Map.of(
        "source", "directory",
        "directory", "strict",
        "results.directory", "results",
        "poll", "100ms",
        "plan.all-or-nothing", "true",
        "plan.release.approvals", "2");
  }

  private Said sayAs(String user, String line) {
    String self = System.getProperty("user.name");
    System.setProperty("user.name", user);
    try {
      return say(line);
    } finally {
      System.setProperty("user.name", self);
    }
  }

  private String digest(String line) throws Exception {
    Matcher digest = DIGEST.matcher(say(line).text());
    assertThat(digest.find()).isTrue();
    return digest.group(1);
  }

  /** Input, number and state of each row; the times are left out. */
  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(bundle.awaitResults(name)).stream()
        .skip(1)
        .map(line -> line.replaceFirst(",(sent|unchanged|superseded|ignored),.*", ",$1"))
        .toList();
  }

  private static String rows(int learner, int count, int assessor) {
    return IntStream.range(0, count)
        .mapToObj(i -> (learner + i) + ",default,assessor," + assessor + ",\n")
        .collect(Collectors.joining("", "learner_id,kind,role,assignee_id,standard_id\n", ""));
  }

  private Said say(String line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
    int exitCode = MainCommand.execute(to, to, bundle.arguments(line));
    return new Said(exitCode, out.toString(StandardCharsets.UTF_8));
  }
}
