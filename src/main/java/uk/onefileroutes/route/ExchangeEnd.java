package uk.onefileroutes.route;

import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** What is done when an exchange is over, however it ends. */
public final class ExchangeEnd {
  private ExchangeEnd() {}

  /** Runs this once, on the thread on which the exchange ends. It must not throw. */
  public static void of(Exchange exchange, Runnable work) {
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                work.run();
              }
            });
  }
}
