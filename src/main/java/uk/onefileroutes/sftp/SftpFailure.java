package uk.onefileroutes.sftp;

import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.jspecify.annotations.Nullable;

/** Something with a server failed; the message is a sentence for people. */
public final class SftpFailure extends GenericFileOperationFailedException {
  private static final long serialVersionUID = 1L;
  private final boolean isOfTheServer;

  /**
   * @param isOfTheServer whether the server is away, not just unwilling to do this one thing
   */
  SftpFailure(String sentence, boolean isOfTheServer, @Nullable Throwable cause) {
    super(sentence, cause);
    this.isOfTheServer = isOfTheServer;
  }

  /** Whether the server is away, not just unwilling to do this one thing. */
  public boolean isOfTheServer() {
    return isOfTheServer;
  }
}
