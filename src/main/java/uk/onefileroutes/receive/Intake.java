package uk.onefileroutes.receive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.TypeConversionException;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.durable.Step;
import uk.onefileroutes.feed.PlaceFailure;
import uk.onefileroutes.feed.SafeName;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.ledger.NewFile;
import uk.onefileroutes.ledger.Sha256;
import uk.onefileroutes.log.LogIds;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.stage.Stage;
import uk.onefileroutes.table.Unpacked;

/**
 * Takes files in: bytes to the spool, flushed to disk, then the file into the ledger. What it
 * accepted survives a crash at any point; reading its rows comes later and needs the source no
 * more. Thread-safe.
 */
public final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  static final String SPOOL = "spool";

  private final Path dataFolder;
  private final AcceptedFiles files;
  private final InstantSource clock;
  private final Stage stage;
  private final Set<String> unsure = ConcurrentHashMap.newKeySet();
  private final Map<String, String> failures = new ConcurrentHashMap<>();
  private final RecoveredFiles recovered;
  private volatile boolean ledgerFailed;

  public Intake(Path dataFolder, AcceptedFiles files, InstantSource clock) {
    this.dataFolder = dataFolder;
    this.files = files;
    this.clock = clock;
    this.stage = new Stage(Stage.Name.INTAKE, clock);
    this.recovered = new RecoveredFiles(dataFolder, files);
  }

  /** Whether files can be accepted. */
  public Stage stage() {
    return stage;
  }

  /**
   * Makes the spool ready. Half copies, and copies of files that the ledger knows, were left by a
   * crash and are deleted; whole files that it does not know are recovered.
   */
  public void start() throws IOException {
    recovered.clear(Files.createDirectories(dataFolder.resolve(SPOOL)));
    Unpacked.clear(dataFolder.resolve("archive"));
  }

  /**
   * Accepts a file. One that was accepted before, and that only a crash left behind at its source,
   * is not accepted again. While the ledger refuses, a further attempt finds that out before it
   * reads a byte: it costs neither a copy nor a number.
   *
   * @param listedBytes its size when it was listed; with any other it is not accepted
   * @return its number
   * @throws IOException if it can't be copied; then it stays where it is and is tried again at the
   *     next poll
   */
  public long accept(
      @Body InputStream bytes,
      @Variable("feed") String feed,
      @Header(Exchange.FILE_NAME_ONLY) String name,
      @Header(Exchange.FILE_LENGTH) long listedBytes,
      @Header(Exchange.FILE_LAST_MODIFIED) @Nullable Long modifiedMs)
      throws IOException {
    String stored = SPOOL + "/" + UUID.randomUUID();
    Path whole = dataFolder.resolve(stored);
    Path copy = dataFolder.resolve(stored + ".part");
    try (bytes) {
      deleteUnsure();
      if (ledgerFailed) {
        files.rehearse();
      }
      String sha256 = copy(bytes, copy);
      long size = Files.size(copy);
      // a transfer that was cut may look like one that ended
      IncompleteFile.refuseUnless(size, listedBytes);
      Instant modified = SourceTime.of(modifiedMs);
      OptionalLong leftBehind = files.leftBehind(feed, name, sha256, modified);
      if (leftBehind.isPresent()) {
        Files.delete(copy);
        return leftBehind.getAsLong();
      }
      Files.move(copy, whole, StandardCopyOption.ATOMIC_MOVE);
      Step.FILE_SPOOLED.done();
      long no =
          files.accept(new NewFile(feed, name, size, sha256, modified, stored, clock.instant()));
      ledgerFailed = false;
      failures.remove(feed + "/" + name);
      recovered.hasCome(sha256);
      LogIds.ofFile(feed, no)
          .around(
              () ->
                  LOG.info(
                      "File {} received: {} of feed {}, {} bytes",
                      no,
                      SafeName.of(name),
                      feed,
                      size));
      return no;
    } catch (LedgerException e) {
      ledgerFailed = true;
      Files.deleteIfExists(copy);
      if (Files.exists(whole)) {
        unsure.add(stored);
        deleteUnsureIfPossible();
      }
      throw e;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(whole);
      throw e;
    }
  }

  /** Copies of which a ledger that failed did not say whether it has them: it answers now. */
  private void deleteUnsure() throws IOException {
    List<String> before = List.copyOf(unsure); // what becomes unsure from now on may be committed
    if (before.isEmpty()) {
      return;
    }
    Set<String> needed = files.stored();
    for (String stored : before) {
      if (unsure.remove(stored) && !needed.contains(stored)) {
        Files.deleteIfExists(dataFolder.resolve(stored));
      }
    }
  }

  /** Mostly the ledger still answers what it has, though it takes nothing. */
  private void deleteUnsureIfPossible() {
    try {
      deleteUnsure();
    } catch (LedgerException | IOException e) {
      LOG.debug("A spool copy is kept until the ledger answers: {}", e.getMessage());
    }
  }

  /** Tries whether a file could be accepted now: who asks should not have to wait for one. */
  public void rehearse() {
    try {
      files.rehearse();
      stage.succeeded("");
    } catch (LedgerException e) {
      stage.failed("", e);
    }
  }

  /** A file could not be accepted; it stays where it is and is tried again at the next poll. */
  public void failed(
      @Variable("feed") String feed,
      @Header(Exchange.FILE_NAME_ONLY) String name,
      Exception cause) {
    Throwable why = cause;
    while ((why instanceof CamelExecutionException
            || why instanceof CamelExchangeException
            || why instanceof TypeConversionException)
        && why.getCause() != null) {
      why = why.getCause(); // the wrapping has another id at each poll
    }
    if (!(why instanceof IncompleteFile) && PlaceFailure.in(why) == null) {
      // the name of a file is nobody's business whom an alarm may reach
      stage.failed(aboutFeed(feed), Stage.Cause.of(why), Stage.reason(why).replace(name, "a file"));
    }
    String reason = Causes.words(why).replaceAll("[0-9a-f-]{36}", "...");
    if (!reason.equals(failures.put(feed + "/" + name, reason))) { // not at each poll
      LOG.error(
          "Feed {}: {} could not be accepted and will be tried again until it is: {}",
          feed,
          SafeName.of(name),
          reason);
    }
  }

  /** What the stage calls a feed. */
  static String aboutFeed(String feed) {
    return "feed " + feed;
  }

  private static String copy(InputStream bytes, Path copy) throws IOException {
    MessageDigest sha256 = Sha256.begin();
    try (FileChannel channel =
        FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = Channels.newOutputStream(channel);
      DigestInputStream digested = new DigestInputStream(bytes, sha256);
      digested.transferTo(out);
      channel.force(true);
    }
    return Sha256.digits(sha256);
  }
}
