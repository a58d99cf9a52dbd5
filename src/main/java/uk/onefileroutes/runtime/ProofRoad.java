package uk.onefileroutes.runtime;

import org.apache.camel.ProducerTemplate;
import uk.onefileroutes.onefile.OnefileCall;
import uk.onefileroutes.proof.Road;
import uk.onefileroutes.proof.Stopped;

/** The calls of a proof by the route of all calls, with its pace and its session. */
record ProofRoad(Beans beans, ProducerTemplate producer) implements Road {
  @Override
  public void take(OnefileCall call) throws Stopped {
    if (!beans.pace.isOpen()) {
      throw new Stopped(closed());
    }
    Exception failure =
        producer
            .request("direct:call-onefile", exchange -> exchange.getMessage().setBody(call))
            .getException();
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    if (call.answer() == null) {
      throw new Stopped(
          beans
              .session
              .trouble()
              .map(trouble -> trouble + ". Look at it with check")
              .orElseGet(this::closed));
    }
  }

  private String closed() {
    return "No call may leave now. " + beans.pace.now().admission().reason();
  }
}
