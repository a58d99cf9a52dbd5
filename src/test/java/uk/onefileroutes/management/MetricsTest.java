package uk.onefileroutes.management;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.testing.PortsFixture.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import uk.onefileroutes.assignment.FileState;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.Selection;
import uk.onefileroutes.testing.PortsFixture;
import uk.onefileroutes.testing.TestBundle;

/** What Prometheus gets, and whether those who ask for it ask for what there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {
  private static final Path MONITORING = Path.of("config/monitoring");
  private static final Pattern NAME = Pattern.compile("\\b(?:onefile|camel|jvm|process)_[a-z_]+");
  private static final Pattern LABEL =
      Pattern.compile("(onefile_[a-z_]+)\\{([a-z]+)(=~?)\"([^\"]+)\"");
  private static final Pattern SAMPLE = Pattern.compile("(onefile_[a-z_]+(?:\\{.*})?) (\\S+)");

  private PortsFixture ports;

  @BeforeAll
  void start() throws Exception {
    ports = PortsFixture.start(TestBundle.Setup.plain());
  }

  @AfterAll
  void stop() throws Exception {
    ports.close();
  }

  @Test
  void theFiveQuestionsAreAnswered() throws Exception {
    Map<String, Double> before = samples();
    assertThat(before.get("onefile_feed_file_age_seconds{feed=\"test\"}")).isNaN();
    assertThat(before.get("onefile_session_age_seconds")).isNaN();
    ports.bundle.simulator().faults().add(Fault.answer(404).on(Selection.users().forLearner(2)));
    ports.bundle.drop(
        "export.csv",
        """
        learner_id,role,kind,assignee_id,name
        1,assessor,default,11,Ann Nobody
        2,assessor,default,11,Bob Nobody
        3,assessor,default,x,Cid Nobody
        4,iqa,default,y,Dan Nobody
        """);
    assertThat(ports.bundle.awaitAnswer("export.csv").file().state()).isEqualTo(FileState.DONE);

    Map<String, Double> after = samples();
    assertThat(after)
        .containsEntry("onefile_rows_total{code=\"SENT\",state=\"sent\"}", 1.0)
        .containsEntry("onefile_rows_total{code=\"NOT_FOUND\",state=\"rejected\"}", 1.0)
        .containsEntry("onefile_rows_total{code=\"NOT_AN_ID\",state=\"invalid\"}", 2.0)
        .containsEntry("onefile_rows_total{code=\"ROLE_NOT_ALLOWED\",state=\"invalid\"}", 1.0)
        .containsEntry("onefile_rows_total{code=\"TOO_MANY_ATTEMPTS\",state=\"blocked\"}", 0.0)
        .containsEntry("onefile_requests{state=\"open\"}", 0.0)
        .containsEntry("onefile_requests_oldest_age_seconds", 0.0)
        .containsEntry("onefile_rows_blocked", 0.0)
        .containsEntry("onefile_pace_state{state=\"open\"}", 1.0)
        .containsEntry("onefile_pause{reason=\"server\"}", 0.0)
        .containsEntry("onefile_feed_failing{feed=\"test\"}", 0.0);
    assertThat(after.get("onefile_feed_file_age_seconds{feed=\"test\"}")).isBetween(0.0, 300.0);
    assertThat(after.get("onefile_feed_listing_age_seconds{feed=\"test\"}")).isBetween(0.0, 300.0);
    assertThat(after.get("onefile_session_age_seconds")).isBetween(0.0, 300.0);
    assertThat(after.get("onefile_disk_free_bytes")).isPositive();
    assertThat(text()).doesNotContain("Nobody").doesNotContain("export.csv");
  }

  @Test
  void noMeterHasALabelOfALearner() throws Exception {
    Set<String> labels = new TreeSet<>();
    samples()
        .keySet()
        .forEach(
            sample -> {
              Matcher label = Pattern.compile("[{,]([a-zA-Z]+)=").matcher(sample);
              while (label.find()) {
                labels.add(label.group(1));
              }
            });
    assertThat(labels)
        .isSubsetOf("about", "code", "feed", "reason", "stage", "state")
        .contains("code");
  }

  @Test
  void rulesDashboardAndReadmeNameOnlyWhatThereIs() throws Exception {
    String text = text();
    Set<String> there =
        text.lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.replaceFirst("[{ ].*", ""))
            .collect(Collectors.toSet());
    JsonNode dashboard = new ObjectMapper().readTree(MONITORING.resolve("dashboard.json").toFile());
    StringBuilder expressions = new StringBuilder();
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        expressions.append(target.path("expr").asText()).append('\n');
      }
    }
    String rules =
        Files.readAllLines(MONITORING.resolve("alert-rules.yml")).stream()
            .filter(line -> line.strip().startsWith("expr:"))
            .collect(Collectors.joining("\n"));
    String manual =
        Files.readAllLines(Path.of("src/docs/alarms.md")).stream()
            .filter(line -> line.startsWith("| `onefile_"))
            .collect(Collectors.joining("\n"));

    for (String asked : new String[] {expressions.toString(), rules, manual}) {
      assertThat(names(asked)).hasSizeGreaterThan(5).isSubsetOf(there);
      Matcher label = LABEL.matcher(asked);
      while (label.find()) {
        String any = label.group(3).equals("=~") ? "(?:" + label.group(4) + ")" : label.group(4);
        String feed = label.group(2).equals("feed") ? "test" : any; // the example's name is inbox
        assertThat(text)
            .as(label.group())
            .containsPattern(label.group(1) + "\\{.*" + label.group(2) + "=\"" + feed + "\"");
      }
    }
    Set<String> ours = names(text).stream().filter(there::contains).collect(Collectors.toSet());
    ours.removeIf(name -> !name.startsWith("onefile_"));
    assertThat(names(manual)).as("every meter of ours is in the manual").containsAll(ours);
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    Matcher name = NAME.matcher(text);
    while (name.find()) {
      names.add(name.group());
    }
    return names;
  }

  private Map<String, Double> samples() throws Exception {
    Map<String, Double> samples = new TreeMap<>();
    text()
        .lines()
        .forEach(
            line -> {
              Matcher sample = SAMPLE.matcher(line);
              if (sample.matches()) {
                samples.put(
                    sample.group(1), Double.valueOf(sample.group(2).replace("Inf", "Infinity")));
              }
            });
    return samples;
  }

  private String text() throws Exception {
    return ports.get(ports.management + "/observe/metrics", login()).body();
  }
}
