package uk.onefileroutes.sftp;

import uk.onefileroutes.feed.Place;
import uk.onefileroutes.feed.PlaceFailure;

/** Tries a folder of a server: reach it, trust it, log in, list. Sends and changes nothing. */
public final class SftpCheck {
  private SftpCheck() {}

  /**
   * What came of it.
   *
   * @param ok whether the folder was listed
   * @param sentence what was found, or what is wrong and what to do
   */
  public record Result(boolean ok, String sentence) {}

  /** Tries it once, within the server's time-outs. May run at any time, from any thread. */
  public static Result of(Place.Remote place) {
    try (SftpSession session = SftpSession.open(place.server())) {
      int found = session.list(place.directory());
      return new Result(true, "%s: %d entries".formatted(place, found));
    } catch (PlaceFailure e) {
      return new Result(false, "%s: %s".formatted(place, e.getMessage()));
    }
  }
}
