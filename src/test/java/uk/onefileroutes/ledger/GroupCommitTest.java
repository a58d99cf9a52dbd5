package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCommitTest extends WithLedger {
  private static final int THREADS = 16;
  private static final int WRITES = 25;

  private GroupCommit<Work, Integer> commits;
  private ExecutorService threads;

  private interface Work {
    int in(Connection connection) throws SQLException;
  }

  @BeforeEach
  void open() {
    commits = new GroupCommit<>(it.ledger, GroupCommitTest::write, work -> {});
    threads = Executors.newFixedThreadPool(THREADS);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void whatManyThreadsWriteIsCommittedWhenTheyReturn() throws Exception {
    List<Future<Long>> results = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      results.add(
          threads.submit(
              () -> {
                long seen = 0;
                for (int write = 0; write < WRITES; write++) {
                  String name = thread + "-" + write;
                  add(name);
                  seen += it.number("SELECT COUNT(*) FROM account WHERE name = ?", name);
                }
                return seen;
              }));
    }
    for (Future<Long> result : results) {
      assertThat(result.get()).isEqualTo(WRITES);
    }
  }

  @Test
  void workThatFailsFailsOnlyItsOwner() throws Exception {
    CountDownLatch inFirst = new CountDownLatch(1);
    CountDownLatch othersWait = new CountDownLatch(1);
    Future<Integer> first =
        threads.submit(
            () ->
                commits.run(
                    connection -> {
                      inFirst.countDown();
                      await(othersWait);
                      return 0;
                    }));
    assertThat(inFirst.await(20, TimeUnit.SECONDS)).isTrue();
    List<Future<Integer>> others = new ArrayList<>();
    CountDownLatch started = new CountDownLatch(9);
    for (int i = 0; i < 9; i++) {
      String name = i == 4 ? "onefile" : "name-" + i; // the account exists already
      Callable<Integer> work =
          () -> {
            started.countDown();
            return add(name);
          };
      others.add(threads.submit(work));
    }
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    othersWait.countDown();
    assertThat(first.get()).isZero();
    for (int i = 0; i < 9; i++) {
      Future<Integer> other = others.get(i);
      if (i == 4) {
        assertThatThrownBy(other::get)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(LedgerException.class);
      } else {
        assertThat(other.get()).isEqualTo(1);
      }
    }
    assertThat(it.number("SELECT COUNT(*) FROM account")).isEqualTo(9);
  }

  @Test
  void aFailureOfTheProgramReachesItsOwnerAsItIs() {
    assertThatThrownBy(
            () ->
                commits.run(
                    connection -> {
                      throw new IllegalStateException("a defect");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a defect");
    assertThat(add("after")).isEqualTo(1);
  }

  @Test
  void anInterruptNeitherStopsAWriteNorIsLost() throws Exception {
    List<Future<Boolean>> results = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      results.add(
          threads.submit(
              () -> {
                boolean kept = true;
                for (int write = 0; write < WRITES; write++) {
                  Thread.currentThread().interrupt();
                  add(thread + "-" + write);
                  kept &= Thread.interrupted();
                }
                return kept;
              }));
    }
    for (Future<Boolean> result : results) {
      assertThat(result.get()).isTrue();
    }
    assertThat(it.number("SELECT COUNT(*) FROM account")).isEqualTo(1 + THREADS * WRITES);
  }

  @Test
  void interruptsDuringWritesLeaveTheLedgerUsable() throws Exception {
    List<Thread> writers = new ArrayList<>();
    CountDownLatch written = new CountDownLatch(4 * 200);
    for (int i = 0; i < 4; i++) {
      int thread = i;
      Thread writer =
          new Thread(
              () -> {
                for (int write = 0; write < 200; write++) {
                  add(thread + "-" + write);
                  written.countDown();
                }
              });
      writers.add(writer);
      writer.start();
    }
    while (written.getCount() > 0 && writers.stream().anyMatch(Thread::isAlive)) {
      writers.forEach(Thread::interrupt);
      Thread.onSpinWait();
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(it.number("SELECT COUNT(*) FROM account")).isEqualTo(1 + 4 * 200);
    it.reopen();
    assertThat(it.number("SELECT COUNT(*) FROM account")).isEqualTo(1 + 4 * 200);
  }

  private static List<Integer> write(Connection connection, List<Work> all) throws SQLException {
    List<Integer> results = new ArrayList<>();
    for (Work each : all) {
      results.add(each.in(connection));
    }
    return results;
  }

  private int add(String name) {
    return commits.run(
        connection -> Sql.update(connection, "INSERT INTO account (name) VALUES (?)", name));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
