package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.onefileroutes.durable.Step;

/** What is saved of an embedded ledger must never be half of one write and half of another. */
@Timeout(60)
class OneWriterTest {
  @TempDir Path folder;
  private LedgerFixture it;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch firstIsIn = new CountDownLatch(1);
  private final CountDownLatch firstMayEnd = new CountDownLatch(1);

  private enum Write {
    ALONE,
    SHARED,
    WITHOUT_A_STEP
  }

  @BeforeEach
  void open() {
    it = new LedgerFixture(folder);
  }

  @AfterEach
  void close() {
    it.close();
  }

  @ParameterizedTest
  @EnumSource
  void aWriteWaitsForTheOneBeforeIt(Write kind) throws InterruptedException {
    Thread first = start("first", () -> write(Write.ALONE, "first", firstMayEnd));
    assertThat(firstIsIn.await(20, TimeUnit.SECONDS)).isTrue();
    Thread second = start("second", () -> write(kind, "second", null));
    await("it waits, or is in")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> second.getState() == Thread.State.WAITING || seen.contains("second in"));
    firstMayEnd.countDown();
    first.join();
    second.join();
    assertThat(seen).containsExactly("first in", "first out", "second in", "second out");
  }

  @Test
  void aReadWaitsForNobody() throws InterruptedException {
    Thread first = start("first", () -> write(Write.ALONE, "first", firstMayEnd));
    assertThat(firstIsIn.await(20, TimeUnit.SECONDS)).isTrue();
    long accounts =
        it.ledger.read(
            connection ->
                Sql.query(connection, "SELECT COUNT(*) FROM account")
                    .one(r -> r.getLong(1))
                    .orElseThrow());
    assertThat(accounts).as("and sees nothing of what is not committed").isEqualTo(1);
    firstMayEnd.countDown();
    first.join();
  }

  private void write(Write kind, String name, @Nullable CountDownLatch until) {
    Ledger.Work<Integer> work =
        connection -> {
          seen.add(name + " in");
          int added = Sql.update(connection, "INSERT INTO account (name) VALUES (?)", name);
          firstIsIn.countDown();
          if (until != null) {
            waitFor(until);
          }
          seen.add(name + " out");
          return added;
        };
    int added =
        switch (kind) {
          case ALONE -> it.ledger.write(Step.ACCOUNT_ADDED, work);
          case SHARED ->
              new GroupCommit<Ledger.Work<Integer>, Integer>(
                      it.ledger,
                      (connection, all) -> List.of(all.get(0).in(connection)),
                      done -> {})
                  .run(work);
          case WITHOUT_A_STEP -> it.ledger.inTransaction(work);
        };
    assertThat(added).isEqualTo(1);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Thread start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.start();
    return thread;
  }
}
