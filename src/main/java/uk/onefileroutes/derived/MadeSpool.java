package uk.onefileroutes.derived;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import uk.onefileroutes.durable.Step;
import uk.onefileroutes.feed.MadeFiles;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.FileEntry;
import uk.onefileroutes.ledger.FileEntry.Made;
import uk.onefileroutes.ledger.FileEntry.Origin;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.MadeHere;
import uk.onefileroutes.ledger.NewFile;
import uk.onefileroutes.ledger.Sha256;

/**
 * Takes files in that are made here: bytes to the spool, flushed to disk, then the file into the
 * ledger. What a crash leaves behind in between is deleted at the next start. Thread-safe.
 */
public final class MadeSpool {
  private final Set<String> feeds;
  private final Path dataFolder;
  private final MadeHere ledger;
  private final InstantSource clock;

  /** Writes what is in the file. */
  @FunctionalInterface
  interface Content {
    void write(Writer to) throws IOException, ActionRefused;
  }

  /** A file that was accepted. */
  record Accepted(long no, String name) {}

  /**
   * @param feeds those that are configured, by name
   */
  public MadeSpool(Set<String> feeds, Path dataFolder, MadeHere ledger, InstantSource clock) {
    this.feeds = Set.copyOf(feeds);
    this.dataFolder = dataFolder;
    this.ledger = ledger;
    this.clock = clock;
  }

  MadeHere ledger() {
    return ledger;
  }

  /**
   * Writes and accepts a file.
   *
   * @param newest what {@link MadeHere#begin} said
   * @return empty where it has to be made again
   * @throws ActionRefused if it can't be made; then nothing was done
   * @throws IOException if it can't be written; then nothing was done
   */
  Optional<Accepted> accept(FileEntry of, Made made, long newest, Content content)
      throws ActionRefused, IOException {
    String stored = MadeFiles.SPOOLED + UUID.randomUUID();
    Path place = dataFolder.resolve(stored);
    boolean isNeeded = false;
    try {
      String sha256 = write(of, place, content);
      Step.FILE_SPOOLED.done();
      NewFile file =
          new NewFile(
              of.feed(),
              name(of, made),
              Files.size(place),
              sha256,
              clock.instant(),
              stored,
              clock.instant());
      OptionalLong no = ledger.accept(file, new Origin(made, of.no()), newest);
      isNeeded = no.isPresent();
      return isNeeded ? Optional.of(new Accepted(no.getAsLong(), file.name())) : Optional.empty();
    } catch (LedgerException e) {
      isNeeded = true; // it may be committed
      throw e;
    } finally {
      if (!isNeeded) {
        Files.deleteIfExists(place);
      }
    }
  }

  /**
   * Writes a file; returns the SHA-256 of its bytes.
   *
   * @throws ActionRefused if nobody would read it
   */
  String write(FileEntry of, Path place, Content content) throws ActionRefused, IOException {
    if (!feeds.contains(of.feed())) {
      throw new ActionRefused(
          "File %d is of feed %s, which is not configured any more: nobody would read what is made of it."
              .formatted(of.no(), of.feed()));
    }
    MessageDigest digest = Sha256.begin();
    try (FileChannel channel =
        FileChannel.open(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Writer to =
          new OutputStreamWriter(
              new DigestOutputStream(Channels.newOutputStream(channel), digest),
              StandardCharsets.UTF_8);
      content.write(to);
      to.flush();
      channel.force(true);
    }
    return Sha256.digits(digest);
  }

  /**
   * Such as {@code undo-12-export.csv}; of what was made before only the last number stands there.
   */
  static String name(FileEntry of, Made made) {
    String original = SafeName.ofAnswer(of.name()).replaceFirst("^((undo|part)-\\d+-)+(?=.)", "");
    return SafeName.of("%s-%d-%s".formatted(made.word(), of.no(), original));
  }
}
