package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.testing.TestBundle;

/**
 * What comes from outside, names of files, cells, headers of answers, steers no route: it is never
 * one of Camel's headers, and never a header of a call.
 */
class HeadersTest {
  private static final Set<String> OURS =
      Set.of(
          "accept-encoding",
          "connection",
          "content-length",
          "content-type",
          "host",
          "transfer-encoding",
          "user-agent",
          "x-customertoken",
          "x-tokenid");

  /** What arrived: a method and path, and the headers. */
  private record Arrived(String what, Headers headers) {}

  private static final Queue<Arrived> CALLS = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger ELSEWHERE = new AtomicInteger();
  private static HttpServer elsewhere;
  private static HttpServer farSide;
  private static TestBundle bundle;

  @BeforeAll
  static void start() throws Exception {
    elsewhere = server();
    elsewhere.createContext(
        "/",
        call -> {
          ELSEWHERE.incrementAndGet();
          call.close();
        });
    elsewhere.start();
    String there = "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/stolen";
    farSide = server();
    farSide.createContext(
        "/",
        call -> {
          String path = call.getRequestURI().getPath();
          CALLS.add(new Arrived(call.getRequestMethod() + " " + path, call.getRequestHeaders()));
          Headers answer = call.getResponseHeaders();
          answer.set("CamelHttpUri", there);
          answer.set("camelhttpuri", there);
          answer.set("CamelHttpPath", "User/666");
          answer.set("CamelHttpMethod", "DELETE");
          answer.set("CamelHttpQuery", "stolen=1");
          answer.set("CamelHttpResponseCode", "200");
          answer.set("CamelFileName", "../../escaped.csv");
          answer.set("CamelBeanMethodName", "stop");
          answer.set("CamelExecCommandExecutable", "/bin/false");
          answer.set("org.apache.camel.x", "y");
          answer.set("X-Forwarded", "${sys:user.name}{{onefile.base-url}}");
          answer.set("Location", there);
          boolean isLogin = path.endsWith("/Authentication");
          boolean isRefused = path.endsWith("/User/1002");
          byte[] body =
              (isLogin ? "a-session" : isRefused ? "{\"code\":-5,\"message\":\"No\"}" : "1")
                  .getBytes(StandardCharsets.UTF_8);
          call.sendResponseHeaders(isRefused ? 400 : 200, body.length);
          call.getResponseBody().write(body);
          call.close();
        });
    farSide.start();
    bundle =
        TestBundle.start(
            TestBundle.Setup.plain()
                .withKey(
                    "onefile.base-url",
                    "http://127.0.0.1:" + farSide.getAddress().getPort() + "/api/v2.1"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (bundle != null) {
      bundle.close();
    }
    farSide.stop(0);
    elsewhere.stop(0);
  }

  @Test
  void neitherAnswersNorCellsNorNamesSteerACallOrAFile() throws Exception {
    String name = "${header.x} {{onefile.base-url}} CamelFileName=..%2fx.csv";
    bundle.drop(
        name,
        """
        learner_id,role,kind,assignee_id,unit_id,CamelHttpUri,X-TokenID
        1001,assessor,default,501,,http://127.0.0.1/stolen,mine
        1002,assessor,default,501,,"a|X-Injected: 1",${exchangeId}
        1003,assessor,2,501,"U1|X-Injected: 1",,{{onefile.base-url}}
        1004,assessor,2,501,CamelHttpUri,CamelHttpMethod,DELETE
        1005,assessor,2,501,${header.x},,
        """
            .replace("|", "\r\n"));
    Path results = bundle.awaitResults(name);

    String answered = Files.readString(results);
    // said by the status that came, not by a header that claims another
    assertThat(answered)
        .contains("rejected,BAD_REQUEST,Onefile said: No")
        .contains("\"a\r\nX-Injected: 1\"");
    assertThat(CALLS).hasSizeGreaterThanOrEqualTo(4);
    assertThat(CALLS)
        .allSatisfy(
            call -> {
              assertThat(call.what())
                  .matches("POST /api/v2\\.1/(Authentication|User/\\d+(/Assign)?)");
              assertThat(call.what()).doesNotContain("666");
              call.headers()
                  .forEach(
                      (header, values) -> {
                        assertThat(OURS).contains(header.toLowerCase(Locale.ROOT));
                        assertThat(values.toString())
                            .doesNotContain("stolen", "Injected", "${", "{{", "mine");
                      });
            });
    List<String> sessions =
        CALLS.stream()
            .filter(call -> !call.what().endsWith("Authentication"))
            .flatMap(call -> call.headers().get("X-TokenID").stream())
            .distinct()
            .toList();
    assertThat(sessions).containsExactly("a-session");
    assertThat(ELSEWHERE).hasValue(0);
    try (Stream<Path> files = Files.walk(bundle.data().resolveSibling("").normalize())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .doesNotContain("escaped.csv", "x.csv", "x.results.csv");
    }
    assertThat(results.getParent()).isEqualTo(bundle.results());
  }

  private static HttpServer server() throws Exception {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
  }
}
