package uk.onefileroutes.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.SenderMails;
import uk.onefileroutes.ledger.SenderMails.Owed;
import uk.onefileroutes.shown.Causes;

/**
 * The steps of {@code mail-results}: which answers a sender is to be told of by mail. One that
 * fails is tried again each minute, and given up after a day. They are owed in the ledger until
 * they are sent; one is sent twice only where the process or the ledger failed right behind it.
 * Thread-safe.
 */
public final class ResultsMails {
  private static final Logger LOG = LoggerFactory.getLogger(ResultsMails.class);
  private static final Duration TRY_AGAIN = Duration.ofMinutes(1);
  private static final Duration GIVEN_UP_AFTER = Duration.ofDays(1);

  private final Map<String, List<String>> recipients;
  private final AcceptedFiles files;
  private final SenderMails mails;
  private final String instance;
  private final InstantSource clock;
  private final Map<Key, Instant> notBefore = new ConcurrentHashMap<>();
  private volatile @Nullable String failure;

  private record Key(long file, int seq) {
    static Key of(Owed owed) {
      return new Key(owed.file().no(), owed.seq());
    }
  }

  /**
   * Of these feeds.
   *
   * @param instance the name by which receivers tell installations apart
   */
  public ResultsMails(
      List<Feed> feeds,
      AcceptedFiles files,
      SenderMails mails,
      String instance,
      InstantSource clock) {
    this.recipients =
        feeds.stream().collect(Collectors.toMap(Feed::name, feed -> feed.places().mailTo()));
    this.files = files;
    this.mails = mails;
    this.instance = instance;
    this.clock = clock;
  }

  /** What to mail now, oldest first. What a feed has no receiver for any more is dropped. */
  public List<ResultsMail> due() {
    List<ResultsMail> due = new ArrayList<>();
    for (Owed owed : mails.owed()) {
      List<String> to = recipients.getOrDefault(owed.file().feed(), List.of());
      if (to.isEmpty()) {
        mails.settled(owed);
      } else if (isDue(owed)) {
        long no = owed.file().no();
        due.add(new ResultsMail(owed, to, instance, files.tally(no), mails.codes(no)));
      }
    }
    return due;
  }

  /** Further ahead than the wait is one that the clock was put back in. */
  private boolean isDue(Owed owed) {
    Instant again = notBefore.getOrDefault(Key.of(owed), Instant.MIN);
    Instant now = clock.instant();
    return !again.isAfter(now) || again.isAfter(now.plus(TRY_AGAIN));
  }

  /** One was sent. */
  public void sent(@Variable("mail") ResultsMail mail) {
    notBefore.remove(Key.of(mail.owed()));
    if (failure != null) {
      failure = null;
      LOG.info("Mails about results are sent again");
    }
    mails.settled(mail.owed());
  }

  /** One could not be sent. */
  public void failed(@Variable("mail") ResultsMail mail, Exception cause) {
    String reason = Causes.words(cause);
    if (failure == null) {
      LOG.warn("Mails about results can't be sent, each is tried again for a day: {}", reason);
    }
    failure = reason;
    Instant now = clock.instant();
    Key key = Key.of(mail.owed());
    if (mail.owed().writtenAt().plus(GIVEN_UP_AFTER).isAfter(now)) {
      notBefore.put(key, now.plus(TRY_AGAIN));
      return;
    }
    notBefore.remove(key);
    LOG.error("The mail about file {} was given up after a day: {}", key.file(), reason);
    mails.settled(mail.owed());
  }
}
