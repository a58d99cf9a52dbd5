package uk.onefileroutes.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.testing.TestBundle.await;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.simulator.SimulatorOptions;
import uk.onefileroutes.testing.Browser;
import uk.onefileroutes.testing.PortsFixture;
import uk.onefileroutes.testing.TestBundle;

/** The status page of an instance with two accounts, in a real browser. */
class AccountsPageTest {
  private static final String RIVERSIDE_TOKEN = "riverside-customer-token";

  @Test
  void oneOfTheAccountsIsChosenAndEachActionNamesIt(@TempDir Path profile) throws Exception {
    Browser.assumeInstalled();
    try (PortsFixture ports = PortsFixture.start(setup());
        Browser browser = Browser.start(profile)) {
      browser.media(1280, 900, "light");
      browser.go(
          ports.management.replace(
                  "//", "//" + PortsFixture.USER + ":" + PortsFixture.PASSWORD + "@")
              + "/status/#riverside");
      browser.awaitText("river/in", "No alarms.");
      assertThat(browser.script("return document.getElementById('account').value").asText())
          .isEqualTo("riverside");
      browser.click("//button[.='Pause\u2026']");
      browser.awaitText("Account riverside: Pause delivery?");
      browser.type("//*[@id='ask-why']", "maintenance");
      browser.click("//*[@id='ask-yes']");
      browser.awaitText("maintenance");
      browser.longPicture("status-page-accounts");

      browser.script(
          "const it = document.getElementById('account'); it.value = 'lakeside';"
              + " it.dispatchEvent(new Event('change'))");
      browser.awaitText(ports.bundle.inbox().toString());
      assertThat(browser.text()).doesNotContain("maintenance", "river/in");
      assertThat(browser.script("return location.hash").asText()).isEqualTo("#lakeside");
      await("the title")
          .until(() -> browser.script("return document.title").asText().contains("lakeside"));
    }
  }

  private static TestBundle.Setup setup() {
    return TestBundle.Setup.plain()
        .withFarSide(
            SimulatorOptions.defaults()
                .withCallsPerMinute(0)
                .withCustomerTokens(
                    Set.of(SimulatorOptions.DEFAULT_CUSTOMER_TOKEN, RIVERSIDE_TOKEN)))
        .withAccountKey("lakeside", "delivery.calls-per-minute", "240")
        .withAccountKey("riverside", "onefile.customer-token", RIVERSIDE_TOKEN)
        .withFeedKey("feed.account", "lakeside")
        .withFeed(
            "river",
            Map.of(
                "source", "directory",
                "directory", "river/in",
                "results.directory", "river/out",
                "poll", "100ms",
                "feed.account", "riverside"));
  }
}
