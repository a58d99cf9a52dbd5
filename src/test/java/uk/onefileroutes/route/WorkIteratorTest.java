package uk.onefileroutes.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.SynchronizationAdapter;
import org.junit.jupiter.api.Test;

/** How Camel's splitter takes work that is not known ahead. */
public class WorkIteratorTest {
  private final List<String> happened = new ArrayList<>();
  private final Deque<String> work = new ArrayDeque<>();

  @Test
  void theNextIsAskedForOnceTheExchangeOfTheOneBeforeItIsOver() throws Exception {
    work.addAll(List.of("a", "b"));

    split();

    assertThat(happened)
        .containsExactly(
            "asked", "worked on a", "a over", "asked", "worked on b", "b over", "asked");
  }

  @Test
  void whatComesWhileTheLastOneIsWorkedOnIsTakenToo() throws Exception {
    work.add("brings another");

    split();

    assertThat(happened).contains("worked on another").endsWith("another over", "asked");
  }

  @Test
  void withoutWorkNothingIsDone() throws Exception {
    split();

    assertThat(happened).containsExactly("asked");
  }

  /** A split asks once more behind its end, and would let what came then fall. */
  @Test
  void whatFailsToAnswerIsNotAskedAgain() {
    work.add("none to be had");
    work.add("b");

    assertThatThrownBy(this::split).hasRootCauseMessage("none to be had");

    assertThat(happened).containsExactly("asked");
  }

  private void split() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:tick")
                  .split(method(WorkIteratorTest.this, "work"))
                  .streaming()
                  .process(WorkIteratorTest.this::workOn);
            }
          });
      camel.start();
      camel.createProducerTemplate().sendBody("direct:tick", "");
    }
  }

  /** What the route asks for. */
  public WorkIterator<String> work() {
    return new WorkIterator<>(
        () -> {
          happened.add("asked");
          String next = work.poll();
          if ("none to be had".equals(next)) {
            throw new IllegalStateException(next);
          }
          return next;
        });
  }

  private void workOn(Exchange exchange) {
    String what = exchange.getMessage().getBody(String.class);
    happened.add("worked on " + what);
    if (what.startsWith("brings ")) {
      work.add(what.substring("brings ".length()));
    }
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                happened.add(what + " over");
              }
            });
  }
}
