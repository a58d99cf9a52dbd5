package uk.onefileroutes.receive;

import java.io.File;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.strategy.GenericFileDeleteProcessStrategy;
import uk.onefileroutes.durable.Step;
import uk.onefileroutes.ledger.AcceptedFiles;

/**
 * Removes a source file once it was accepted, and only then notes in the ledger that it is gone: a
 * file that is found again before that was left behind by a crash, one that is found after it was
 * dropped again.
 */
public final class RemoveAccepted extends GenericFileDeleteProcessStrategy<File> {
  private final AcceptedFiles files;

  public RemoveAccepted(AcceptedFiles files) {
    this.files = files;
  }

  @Override
  public void commit(
      GenericFileOperations<File> operations,
      GenericFileEndpoint<File> endpoint,
      Exchange exchange,
      GenericFile<File> file)
      throws Exception {
    super.commit(operations, endpoint, exchange, file);
    Step.SOURCE_REMOVED.done();
    if (exchange.getMessage().getBody() instanceof Answered answered) {
      answered.sourceRemoved();
      return;
    }
    Long no = exchange.getMessage().getBody(Long.class);
    if (no != null) {
      files.sourceRemoved(no);
    }
  }
}
