package uk.onefileroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.ledger.LedgerFixture.DEFAULT_ASSESSOR;
import static uk.onefileroutes.ledger.LedgerFixture.NOON;
import static uk.onefileroutes.ledger.LedgerFixture.RUN;
import static uk.onefileroutes.ledger.LedgerFixture.ask;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import uk.onefileroutes.durable.Step;
import uk.onefileroutes.plan.SlotRule;

/** What a chunk decides while answers come in between its statements. */
class PlannedChunkTest extends WithLedger {
  private static final SlotRule RULE = new SlotRule(Trust.FOR_EVER, NOON);

  @Test
  void anAnswerThatComesWhileAChunkIsDecidedNeverMakesItsRowUnchanged() {
    it.released(ask(1, 1, DEFAULT_ASSESSOR, 7));
    it.send(1);
    boolean ended = false;
    for (int statement = 1; !ended; statement++) {
      it.released(ask(1, 1, DEFAULT_ASSESSOR, 8));
      Claim onItsWay = it.sending(1);
      long again = it.file();
      ended = !store(again, statement, () -> settle(onItsWay));
      assertThat(it.states(again))
          .as("Onefile says that it holds 8 just before statement %d", statement)
          .containsExactly("1 planned");
      if (ended) {
        settle(onItsWay);
      }
      it.release(again);
      it.sendAll(); // it holds 7 again
      assertThat(it.slot(1, DEFAULT_ASSESSOR)).isEqualTo("7");
    }
  }

  private void settle(Claim claim) {
    assertThat(it.lines.settle(claim, RUN, LedgerFixture.sent())).isTrue();
  }

  /** Stores a row that asks for 7; returns whether it came to that statement. */
  private boolean store(long file, int statement, Runnable before) {
    AtomicInteger statements = new AtomicInteger();
    it.ledger.write(
        Step.ROWS_STORED,
        connection ->
            new PlannedChunk(
                    interrupted(connection, statements, statement, before),
                    it.ledger.account(),
                    PlannedChunk.Target.of(file),
                    RULE,
                    NOON)
                .store(List.of(ask(1, 1, DEFAULT_ASSESSOR, 7))));
    return statements.get() >= statement;
  }

  /** The connection itself; something happens on another one before its n-th statement. */
  private static Connection interrupted(
      Connection connection, AtomicInteger statements, int nth, Runnable before) {
    return (Connection)
        Proxy.newProxyInstance(
            PlannedChunkTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")
                  && statements.incrementAndGet() == nth) {
                before.run();
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
