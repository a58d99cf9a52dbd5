package uk.onefileroutes.feed;

import java.nio.file.Path;

/** Where files are taken from, or put. Its text is for people. */
public sealed interface Place {

  /** A folder of this machine. */
  record Folder(Path path) implements Place {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * A folder of an SFTP server.
   *
   * @param directory absolute where it begins with {@code /}, else below the folder of the login
   */
  record Remote(SftpServer server, String directory) implements Place {
    @Override
    public String toString() {
      return server + (directory.startsWith("/") ? "" : "/~/") + directory;
    }
  }

  /** A relative folder of this machine under that one; a remote one as it is. */
  default Place under(Path folder) {
    return this instanceof Folder own ? new Folder(folder.resolve(own.path())) : this;
  }

  /** A remote folder with the relative files of its login under that folder; else as it is. */
  default Place withFilesUnder(Path folder) {
    return this instanceof Remote remote
        ? new Remote(remote.server().under(folder), remote.directory())
        : this;
  }
}
