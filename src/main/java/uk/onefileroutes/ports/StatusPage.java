package uk.onefileroutes.ports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The status page: files of the jar under {@code /status/}. What they show and do goes through the
 * MBeans, as the commands do, so nothing here knows figures or acts.
 */
final class StatusPage {
  private static final String PLACE = "/status/";
  private static final Set<String> ENTRANCES = Set.of("/", "/status", PLACE);

  /** Nothing from elsewhere, nothing inline, nothing that runs out of text, in nobody's frame. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private static final Map<String, String> FILES = files();

  private StatusPage() {}

  private static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("index.html", "text/html; charset=utf-8");
    files.put("page.css", "text/css; charset=utf-8");
    files.put("icon.svg", "image/svg+xml");
    for (String script :
        new String[] {
          "main",
          "instance",
          "dom",
          "words",
          "actions",
          "files",
          "figures",
          "patterns",
          "band",
          "plot"
        }) {
      files.put(script + ".js", "text/javascript; charset=utf-8");
    }
    return files;
  }

  /**
   * The page, its files, and the ways to it.
   *
   * @throws IOException if a file of the jar can't be read
   */
  static Map<String, Pages.Page> pages() throws IOException {
    Map<String, Pages.Page> pages = new LinkedHashMap<>();
    for (String entrance : ENTRANCES) {
      pages.put(
          entrance,
          request -> new Pages.Answer(302, Map.of("Location", PLACE), ByteBuffer.allocate(0)));
    }
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Pages.Answer answer =
          new Pages.Answer(
              200,
              Map.of("Content-Type", file.getValue(), "Content-Security-Policy", POLICY),
              ByteBuffer.wrap(read(file.getKey())));
      String name = file.getKey().equals("index.html") ? "" : file.getKey();
      pages.put(PLACE + name, request -> answer);
    }
    return pages;
  }

  /**
   * Whether somebody follows a link to the page, from wherever: that shows it, and does nothing.
   */
  static boolean isLink(RequestGuard.Received received, String path) {
    return received.method().equals("GET")
        && received.says("Sec-Fetch-Mode", "navigate")
        && received.says("Sec-Fetch-Dest", "document")
        && ENTRANCES.contains(path);
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream file = StatusPage.class.getResourceAsStream("/status/" + name)) {
      if (file == null) {
        throw new IOException("the jar has no status/" + name);
      }
      return file.readAllBytes();
    }
  }
}
