package uk.onefileroutes.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import uk.onefileroutes.alarm.Alarms;
import uk.onefileroutes.alarm.Notice;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Place;
import uk.onefileroutes.ledger.Backlog;
import uk.onefileroutes.ledger.LedgerException;
import uk.onefileroutes.management.Check;
import uk.onefileroutes.onefile.LoginOutcome;
import uk.onefileroutes.onefile.SessionOpener;
import uk.onefileroutes.sftp.SftpCheck;
import uk.onefileroutes.shown.Causes;

/** Looks at what an instance needs, from within: Camel runs, at least with the calls to Onefile. */
final class SelfCheck implements Check {
  private static final String ONEFILE = "Onefile's login";
  private static final String NOTICES = "notices of alarms";
  private static final long LITTLE_SPACE = 200L << 20;

  private final Configuration configuration;
  private final Beans beans;

  SelfCheck(Configuration configuration, Beans beans) {
    this.configuration = configuration;
    this.beans = beans;
  }

  @Override
  public List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    configuration.exposed().forEach(each -> findings.add(Finding.notOk("secrets", each)));
    findings.add(data());
    findings.add(ledger());
    findings.addAll(openToAll());
    for (Feed feed : configuration.feeds()) {
      findings.add(place("drop folder of " + feed.name(), feed.places().source()));
      findings.add(place("results folder of " + feed.name(), feed.places().results()));
    }
    findings.add(login());
    findings.add(notices());
    return findings;
  }

  /** Whether they arrive, only a test notice shows. */
  private Finding notices() {
    Map<Notice.Channel, String> channels = Alarms.channels(configuration.alarms());
    String on =
        channels.entrySet().stream()
            .map(channel -> channel.getKey().word() + " to " + channel.getValue())
            .collect(Collectors.joining("; "));
    return channels.isEmpty()
        ? Finding.ok(NOTICES, "in the log only; alarm.mail.to or alarm.webhook.url tell people")
        : Finding.ok(NOTICES, "%s, as %s".formatted(on, configuration.alarms().instance()));
  }

  private Finding data() {
    Path data = configuration.folders().data();
    Finding folder = folder("data folder", data);
    if (folder.outcome() != Outcome.OK) {
      return folder;
    }
    try {
      long free = Files.getFileStore(data).getUsableSpace();
      return free < LITTLE_SPACE
          ? Finding.notOk(
              "data folder", "%s: only %d MiB are free; make room".formatted(data, free >> 20))
          : Finding.ok("data folder", "%s, %d MiB free".formatted(data, free >> 20));
    } catch (IOException e) {
      return Finding.notOk("data folder", Causes.words(e));
    }
  }

  private List<Finding> openToAll() {
    List<Finding> open = new ArrayList<>();
    Path data = configuration.folders().data();
    if (OwnerOnly.isOpenToAll(data)) {
      open.add(
          Finding.notOk(
              "rights",
              "%s: everybody on this machine may look into it; chmod 700 %s, or chmod 750 where its group is to"
                  .formatted(data, data)));
    }
    configuration
        .ledger()
        .file()
        .filter(OwnerOnly::isOpenToAll)
        .ifPresent(
            ledger ->
                open.add(
                    Finding.notOk(
                        "rights",
                        "%s: everybody on this machine may read it; chmod 600 %s"
                            .formatted(ledger, ledger))));
    return open;
  }

  private Finding ledger() {
    try {
      Backlog backlog = beans.overview.backlog();
      return Finding.ok(
          "ledger",
          "answers; %d requests open, %d blocked".formatted(backlog.open(), backlog.blocked()));
    } catch (LedgerException e) {
      return Finding.notOk("ledger", String.valueOf(e.getMessage()));
    }
  }

  private Finding place(String what, Place place) {
    if (place instanceof Place.Remote remote) {
      SftpCheck.Result result = SftpCheck.of(remote);
      return result.ok()
          ? Finding.ok(what, result.sentence())
          : Finding.notOk(what, result.sentence());
    }
    return own(what, ((Place.Folder) place).path());
  }

  /** Those in the data folder are made when they are needed. */
  private Finding own(String what, Path folder) {
    boolean isToCome = folder.startsWith(configuration.folders().data()) && !Files.exists(folder);
    return isToCome ? Finding.ok(what, folder + ", not made yet") : folder(what, folder);
  }

  private static Finding folder(String what, Path folder) {
    if (!Files.isDirectory(folder)) {
      return Finding.notOk(what, folder + ": no such folder; create or mount it");
    }
    if (!Files.isReadable(folder) || !Files.isWritable(folder)) {
      return Finding.notOk(
          what,
          folder
              + ": "
              + System.getProperty("user.name")
              + " may not read and write there; give it the rights");
    }
    return Finding.ok(what, folder.toString());
  }

  /** One call, in its place in the pace. */
  private Finding login() {
    String url = configuration.onefile().baseUrl();
    LoginOutcome outcome =
        SessionOpener.outcomeOf(beans.producer.get().request("direct:authenticate", login -> {}));
    if (outcome instanceof LoginOutcome.Granted) {
      return Finding.ok(ONEFILE, url + " accepts the customer token");
    }
    if (outcome instanceof LoginOutcome.Refused refused) {
      return Finding.notOk(
          ONEFILE,
          "%s: %s; check that it is the token of this environment"
              .formatted(url, refused.reason()));
    }
    if (outcome instanceof LoginOutcome.Unavailable unavailable) {
      return Finding.notOk(
          ONEFILE,
          "%s: %s; check the address, the network and whether Onefile is up"
              .formatted(url, unavailable.answer().briefly()));
    }
    return new Finding(
        ONEFILE,
        Outcome.NOT_TRIED,
        "no call may leave now. " + beans.pace.now().admission().reason());
  }
}
