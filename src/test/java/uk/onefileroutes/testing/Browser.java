package uk.onefileroutes.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * A real Chromium without a window, driven through chromedriver by the W3C WebDriver protocol. The
 * few commands that a test needs of it, in place of a library that would bring thirty jars. For one
 * thread.
 */
public final class Browser implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf"; // says the protocol
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process driver;
  private final String sessions;
  private String session = "";

  private Browser(Process driver, int port) {
    this.driver = driver;
    this.sessions = "http://127.0.0.1:" + port + "/session";
  }

  private static Optional<Path> chromium() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name -> program(name).stream())
        .findFirst();
  }

  private static Optional<Path> driver() {
    return program("chromedriver");
  }

  /** Skips the test where there is no browser. */
  public static void assumeInstalled() {
    assumeTrue(
        chromium().isPresent() && driver().isPresent(),
        "This is tested in a real browser. Install chromium and chromedriver (Debian: apt-get install"
            + " chromium chromium-driver) and put them on the PATH.");
  }

  /**
   * Starts it with its driver; both are there.
   *
   * @param profile an empty folder
   */
  public static Browser start(Path profile) throws Exception {
    Path chromium = chromium().orElseThrow();
    Path chromedriver = driver().orElseThrow();
    Process driver =
        new ProcessBuilder(chromedriver.toString(), "--port=0").redirectErrorStream(true).start();
    try {
      Browser browser =
          new Browser(
              driver,
              CompletableFuture.supplyAsync(() -> port(driver))
                  .get(DEADLINE.toSeconds(), TimeUnit.SECONDS));
      browser.open(chromium, profile);
      return browser;
    } catch (Exception | Error e) {
      driver.destroy();
      throw e;
    }
  }

  public void go(String url) {
    command("POST", "/url", Map.of("url", url));
  }

  /** What can be read on the page. */
  public String text() {
    return script("return document.body.innerText").asText();
  }

  public JsonNode script(String script, Object... arguments) {
    return command("POST", "/execute/sync", Map.of("script", script, "args", List.of(arguments)));
  }

  /** Waits for the element, and clicks on it as a person does: it must be visible and uncovered. */
  public void click(String xpath) {
    await("a click on " + xpath)
        .untilAsserted(
            () ->
                assertThatCode(
                        () -> command("POST", "/element/" + find(xpath) + "/click", Map.of()))
                    .doesNotThrowAnyException());
  }

  /** Waits for the field, and types into it. */
  public void type(String xpath, String text) {
    await("typing into " + xpath)
        .ignoreExceptions()
        .until(
            () ->
                command("POST", "/element/" + find(xpath) + "/value", Map.of("text", text))
                    != null);
  }

  /** Presses and releases keys, one after the other, wherever the focus is. */
  public void press(String... keys) {
    List<Map<String, String>> strokes =
        Stream.of(keys)
            .flatMap(
                key ->
                    Stream.of(
                        Map.of("type", "keyDown", "value", key),
                        Map.of("type", "keyUp", "value", key)))
            .toList();
    command(
        "POST",
        "/actions",
        Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", strokes))));
  }

  /** From now on the page is shown like this. */
  public void media(int width, int height, String colourScheme) {
    devtools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    devtools(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colourScheme))));
  }

  /** Takes the network away from the page, or gives it back. */
  public void network(boolean isThere) {
    devtools("Network.enable", Map.of());
    devtools(
        "Network.emulateNetworkConditions",
        Map.of(
            "offline", !isThere, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  /** Keeps a picture of the whole page, however long, under {@code target}. */
  public void longPicture(String name) throws IOException {
    JsonNode png =
        devtools("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Files.write(
        Path.of("target", name + ".png"), Base64.getDecoder().decode(png.path("data").asText()));
  }

  private JsonNode devtools(String command, Map<String, Object> parameters) {
    return command("POST", "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
  }

  /** Waits until all of this can be read on the page. */
  public void awaitText(String... texts) {
    await("on the page: " + List.of(texts))
        .untilAsserted(() -> assertThat(text()).contains(List.of(texts)));
  }

  /** Keeps a picture of the page under {@code target}. */
  public void picture(String name) throws IOException {
    byte[] png = Base64.getDecoder().decode(command("GET", "/screenshot", null).asText());
    Files.write(Path.of("target", name + ".png"), png);
  }

  public static ConditionFactory await(String what) {
    return Awaitility.await(what).atMost(DEADLINE).pollInterval(Duration.ofMillis(100));
  }

  @Override
  public void close() {
    try {
      if (!session.isEmpty()) {
        command("DELETE", "", null); // ends Chromium
      }
    } finally {
      driver.destroy();
      driver.onExit().orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
    }
  }

  private void open(Path chromium, Path profile) {
    List<String> flags =
        List.of(
            "--headless",
            "--no-sandbox", // Chromium has none for root, which a build in a container is
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--no-proxy-server",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--force-prefers-reduced-motion",
            "--window-size=1600,1100",
            "--user-data-dir=" + profile);
    Map<String, Object> options = Map.of("binary", chromium.toString(), "args", flags);
    Map<String, Object> wanted = Map.of("browserName", "chrome", "goog:chromeOptions", options);
    session =
        "/"
            + command("POST", "", Map.of("capabilities", Map.of("alwaysMatch", wanted)))
                .path("sessionId")
                .asText();
  }

  private String find(String xpath) {
    return command("POST", "/element", Map.of("using", "xpath", "value", xpath))
        .path(ELEMENT)
        .asText();
  }

  private JsonNode command(String method, String path, Object body) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(sessions + session + path)).timeout(DEADLINE);
      request.method(
          method,
          body == null
              ? BodyPublishers.noBody()
              : BodyPublishers.ofString(JSON.writeValueAsString(body)));
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      JsonNode value = JSON.readTree(answer.body()).path("value");
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(path + ": " + value.path("message").asText());
      }
      return value;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Reads it from what the driver says, and goes on reading, so that it never waits for us. */
  private static int port(Process driver) {
    BufferedReader said = driver.inputReader(StandardCharsets.UTF_8);
    try {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        Matcher port = PORT.matcher(line);
        if (port.find()) {
          Thread rest = new Thread(() -> said.lines().forEach(ignored -> {}), "chromedriver");
          rest.setDaemon(true);
          rest.start();
          return Integer.parseInt(port.group(1));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("chromedriver ended without saying its port");
  }

  private static Optional<Path> program(String name) {
    return Stream.of(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
