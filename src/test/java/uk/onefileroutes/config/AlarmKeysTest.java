package uk.onefileroutes.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.onefileroutes.alarm.AlarmChannels;
import uk.onefileroutes.keys.Keys;

class AlarmKeysTest {
  private static final Map<String, String> MAIL =
      Map.of(
          "alarm.mail.to", "a@example.org , b@example.org",
          "alarm.mail.from", "routes@example.org",
          "alarm.mail.host", "smtp.example.org");

  private final List<String> faults = new ArrayList<>();

  @Test
  void nobodyIsToldByDefault() {
    assertThat(read(Map.of())).isEqualTo(AlarmChannels.OFF);
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"starttls,587", "tls,465", "none,25"})
  void thePortFollowsTheSecurity(String security, int port) {
    var mail = read(with(MAIL, "alarm.mail.security", security)).mail().orElseThrow();
    assertThat(mail.port()).isEqualTo(port);
    assertThat(mail.to()).containsExactly("a@example.org", "b@example.org");
    assertThat(faults).isEmpty();
  }

  @Test
  void withoutMoreStarttlsIsRequiredAndTheServerMustBeWhoItSaysItIs() {
    assertThat(read(MAIL).mail().orElseThrow().properties())
        .containsEntry("mail.smtp.starttls.required", "true")
        .containsEntry("mail.smtp.ssl.checkserveridentity", "true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alarm.mail.from=|alarm.mail.from: missing",
        "alarm.mail.host=|alarm.mail.host: missing",
        "alarm.mail.to=|alarm.mail.to is missing",
        "alarm.mail.to=ops|not addresses",
        "alarm.mail.from=a@b, c@d|not an address",
        "alarm.mail.host=smtp.example.org:25|not the name of a server",
        "alarm.mail.user=me|alarm.mail.password: missing",
        "alarm.mail.password=geheim|alarm.mail.user: missing",
        "alarm.mail.port=0|below the floor",
        "alarm.mail.security=ssl|not one of",
        "alarm.instance=a{b}|not a name",
        "alarm.webhook.token=x|alarm.webhook.url is missing",
        "alarm.webhook.url=http://hooks.example.org/geheim|not https",
        "alarm.webhook.url=https://geheim:x@hooks.example.org/|not a plain URL",
        "alarm.webhook.url=geheim|not a plain URL",
        "alarm.webhook.url-file=/nowhere/x|can't be read",
      })
  void whatIsWrongIsAFaultThatShowsNoSecret(String line, String fault) {
    String[] entry = line.split("=", 2);
    read(with(MAIL, entry[0], entry[1]));
    assertThat(faults).singleElement().asString().contains(fault).doesNotContain("geheim");
  }

  @Test
  void aPasswordIsNotSentInTheClearButToTheLoopback() {
    Map<String, String> login =
        with(
            with(with(MAIL, "alarm.mail.security", "none"), "alarm.mail.user", "me"),
            "alarm.mail.password",
            "geheim");
    read(login);
    assertThat(faults).singleElement().asString().contains("in the clear");
    faults.clear();
    read(with(login, "alarm.mail.host", "127.0.0.1"));
    assertThat(faults).isEmpty();
  }

  @Test
  void aSecretMayBeInAFileThatIsReadAgain(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("url"), "https://hooks.example.org/one\n");
    assertThat(file.toFile().setReadable(false, false)).isTrue();
    assertThat(file.toFile().setReadable(true, true)).isTrue();
    var webhook = read(Map.of("alarm.webhook.url-file", file.toString())).webhook().orElseThrow();
    assertThat(faults).isEmpty();
    assertThat(webhook.url().get()).isEqualTo("https://hooks.example.org/one");
    Files.writeString(file, "https://hooks.example.org/two");
    assertThat(webhook.url().get()).isEqualTo("https://hooks.example.org/two");
    read(Map.of("alarm.webhook.url-file", file.toString(), "alarm.webhook.url", "https://a/b"));
    assertThat(faults).singleElement().asString().contains("both are set");
  }

  private AlarmChannels read(Map<String, String> values) {
    Keys keys = new Keys("application.properties", values, faults);
    return AlarmKeys.channels(keys);
  }

  private static Map<String, String> with(Map<String, String> keys, String key, String value) {
    Map<String, String> more = new HashMap<>(keys);
    if (value.isEmpty()) {
      more.remove(key);
    } else {
      more.put(key, value);
    }
    return more;
  }
}
