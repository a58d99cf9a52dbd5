package uk.onefileroutes.sftp;

import com.jcraft.jsch.SftpATTRS;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import uk.onefileroutes.feed.Place;
import uk.onefileroutes.feed.ResultsPlace;

/** A results folder on a server. Each visit is a session of its own. */
public final class SftpResults implements ResultsPlace {
  private final Place.Remote place;

  public SftpResults(Place.Remote place) {
    this.place = place;
  }

  @Override
  public Look look() {
    return new RemoteLook(SftpSession.open(place.server()), place.directory());
  }

  private record RemoteLook(SftpSession session, String directory) implements Look {
    @Override
    public boolean isFree(String name) {
      return session.find(path(name)).isEmpty();
    }

    @Override
    public boolean holds(String name, Path bytes) throws IOException {
      Optional<SftpATTRS> found = session.find(path(name));
      if (found.isEmpty() || found.get().getSize() != Files.size(bytes)) {
        return false;
      }
      try (InputStream theirs = new BufferedInputStream(session.read(path(name)), 65_536);
          InputStream ours = new BufferedInputStream(Files.newInputStream(bytes), 65_536)) {
        int one;
        do {
          one = ours.read();
          if (theirs.read() != one) {
            return false;
          }
        } while (one >= 0);
        return true;
      }
    }

    @Override
    public void close() {
      session.close();
    }

    private String path(String name) {
      return directory + (directory.endsWith("/") ? "" : "/") + name;
    }
  }
}
