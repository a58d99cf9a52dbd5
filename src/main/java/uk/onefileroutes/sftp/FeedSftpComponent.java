package uk.onefileroutes.sftp;

import java.net.URI;
import java.util.Map;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.spi.annotations.Component;
import org.jspecify.annotations.Nullable;

/**
 * Camel's {@code sftp} with our login, with an end to every wait, and with absolute folders, which
 * Camel would make relative. Whatever a route says, an unknown host key is refused.
 */
@SuppressWarnings("rawtypes") // Camel's own signatures
@Component("sftp")
public final class FeedSftpComponent extends SftpComponent {
  private static final String BEAN = "#bean:";

  @Override
  protected GenericFileEndpoint<SftpRemoteFile> buildFileEndpoint(
      String uri, String remaining, Map<String, Object> parameters) throws Exception {
    int slash = remaining.indexOf('/');
    String server = slash < 0 ? remaining : remaining.substring(0, slash);
    String directory = slash < 0 ? "" : remaining.substring(slash + 1);
    SftpConfiguration configuration = new SftpConfiguration(new URI("sftp://" + server));
    configuration.setDirectory(directory);
    configuration.setDirectoryName(directory);
    configuration.setPassword(secret(parameters, "password"));
    configuration.setPrivateKeyPassphrase(secret(parameters, "privateKeyPassphrase"));
    configuration.setPrivateKeyFile(secret(parameters, "privateKeyFile"));
    return new Endpoint(uri, this, configuration);
  }

  /**
   * What belongs to the login, by the name of its bean; null where there is no such bean. Camel's
   * own way would take double braces in a password for a placeholder, and then show it whole in its
   * error.
   */
  private @Nullable String secret(Map<String, Object> parameters, String option) {
    String reference = String.valueOf(parameters.remove(option));
    if (!reference.startsWith(BEAN)) {
      throw new IllegalArgumentException(option + " must name a bean, as " + BEAN + "name");
    }
    return getCamelContext()
        .getRegistry()
        .lookupByNameAndType(reference.substring(BEAN.length()), String.class);
  }

  private static final class Endpoint extends SftpEndpoint {
    Endpoint(String uri, SftpComponent component, SftpConfiguration configuration) {
      super(uri, component, configuration);
    }

    @Override
    public RemoteFileOperations<SftpRemoteFile> createRemoteFileOperations() {
      return new FeedSftpOperations(this);
    }
  }
}
