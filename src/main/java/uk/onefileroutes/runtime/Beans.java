package uk.onefileroutes.runtime;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.alarm.Alarms;
import uk.onefileroutes.alarm.ClockTrouble;
import uk.onefileroutes.alarm.MailServer;
import uk.onefileroutes.alarm.Notice;
import uk.onefileroutes.alarm.WebhookNotices;
import uk.onefileroutes.assignment.RowCounts;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.delivery.AccountGuard;
import uk.onefileroutes.delivery.Aims;
import uk.onefileroutes.delivery.Claims;
import uk.onefileroutes.delivery.Deliveries;
import uk.onefileroutes.delivery.SendContext;
import uk.onefileroutes.delivery.SettlePolicy;
import uk.onefileroutes.delivery.Settler;
import uk.onefileroutes.derived.MadeSpool;
import uk.onefileroutes.derived.Parts;
import uk.onefileroutes.derived.Undos;
import uk.onefileroutes.dryrun.DryRunDrops;
import uk.onefileroutes.dryrun.DryRunSteps;
import uk.onefileroutes.dryrun.DryRuns;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.feed.Listings;
import uk.onefileroutes.feed.ResultsPlace;
import uk.onefileroutes.ledger.AcceptedFiles;
import uk.onefileroutes.ledger.Approvals;
import uk.onefileroutes.ledger.AttemptLog;
import uk.onefileroutes.ledger.AuditLog;
import uk.onefileroutes.ledger.CentreDirectory;
import uk.onefileroutes.ledger.ClockRepair;
import uk.onefileroutes.ledger.ComingDays;
import uk.onefileroutes.ledger.DriftedSlots;
import uk.onefileroutes.ledger.ExpiredData;
import uk.onefileroutes.ledger.FileActions;
import uk.onefileroutes.ledger.FileComparison;
import uk.onefileroutes.ledger.LearnerQueues;
import uk.onefileroutes.ledger.Leavers;
import uk.onefileroutes.ledger.Ledger;
import uk.onefileroutes.ledger.MadeHere;
import uk.onefileroutes.ledger.Overview;
import uk.onefileroutes.ledger.PersonErasure;
import uk.onefileroutes.ledger.PlannedRows;
import uk.onefileroutes.ledger.Releases;
import uk.onefileroutes.ledger.ReportSteps;
import uk.onefileroutes.ledger.SenderMails;
import uk.onefileroutes.ledger.Slots;
import uk.onefileroutes.ledger.StandingAlarms;
import uk.onefileroutes.ledger.StoredPauses;
import uk.onefileroutes.ledger.Undoing;
import uk.onefileroutes.ledger.WriteProbe;
import uk.onefileroutes.lookup.Directory;
import uk.onefileroutes.management.DiskWatch;
import uk.onefileroutes.onefile.AnswerLimits;
import uk.onefileroutes.onefile.AnswerReader;
import uk.onefileroutes.onefile.Classifier;
import uk.onefileroutes.onefile.Enricher;
import uk.onefileroutes.onefile.OnefileCalls;
import uk.onefileroutes.onefile.Session;
import uk.onefileroutes.onefile.SessionOpener;
import uk.onefileroutes.pace.Pace;
import uk.onefileroutes.pace.PaceStatus;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.plan.DayOpening;
import uk.onefileroutes.plan.Planner;
import uk.onefileroutes.receive.AppliedRows;
import uk.onefileroutes.receive.Intake;
import uk.onefileroutes.report.Refusals;
import uk.onefileroutes.report.Reports;
import uk.onefileroutes.report.ResultsMails;
import uk.onefileroutes.retention.Erasure;
import uk.onefileroutes.retention.Retention;
import uk.onefileroutes.sftp.FeedSftpComponent;
import uk.onefileroutes.stage.Stage;
import uk.onefileroutes.tls.Trusted;
import uk.onefileroutes.verification.Verification;

/** The beans of an instance, wired. Their names in {@link #beans} are what the routes say. */
final class Beans {
  final RowCounts counts = new RowCounts();
  final AcceptedFiles files;
  final FileActions actions;
  final Listings listings;
  final Pace pace;
  final Intake intake;
  final Planner planner;
  final AccountGuard guard;
  final Claims claims;
  final Settler settler;
  final Supplier<ProducerTemplate> producer;
  final Session session;
  final Overview overview;
  final ClockRepair ledgerClock;
  final DiskWatch disk;
  final ClockTrouble clock;
  final Alarms alarms;
  final Backups backups;
  final Retention retention;
  final Erasure erasure;
  final Slots slots;
  final AttemptLog history;
  final AuditLog audit;
  final CentreDirectory directory;
  final Leavers leavers;
  final DriftedSlots drifted;
  final ComingDays comingDays;
  final Verification verification;
  final DryRuns dryRuns;
  final Undos undos;
  final AppliedRows appliedRows;
  final Parts parts;
  final Approvals approvals;
  final List<Stage> stages;
  private final Map<String, Object> beans = new LinkedHashMap<>();

  Beans(
      Configuration configuration,
      Ledger ledger,
      Backups backups,
      PaceTime time,
      Supplier<ProducerTemplate> producer) {
    this.producer = producer;
    this.backups = backups;
    var folders = configuration.folders();
    var delivery = configuration.delivery();
    List<Feed> feeds = configuration.feeds();
    List<Feed> allFeeds =
        Stream.concat(feeds.stream(), Stream.of(configuration.applied())).toList();
    files = new AcceptedFiles(ledger);
    actions = new FileActions(ledger);
    overview = new Overview(ledger);
    ledgerClock = new ClockRepair(ledger);
    slots = new Slots(ledger);
    history = new AttemptLog(ledger);
    audit = new AuditLog(ledger, configuration.account().orElse(""));
    directory = new CentreDirectory(ledger);
    leavers = new Leavers(ledger);
    approvals = new Approvals(ledger);
    LearnerQueues queues = new LearnerQueues(ledger);

    pace = new Pace(delivery.timetable(), time, startsAfter(queues, time));
    guard = new AccountGuard(pace, new StoredPauses(ledger), delivery.outagePause(), time);

    intake = new Intake(folders.data(), files, time);
    Planner.Store rows =
        new Planner.Store(
            files,
            new PlannedRows(ledger),
            new Releases(ledger),
            actions,
            new FileComparison(ledger),
            directory);
    planner = new Planner(allFeeds, folders.data(), rows, counts, time.withZone(delivery.zone()));
    comingDays = new ComingDays(ledger);
    beans.put("dayOpening", new DayOpening(comingDays, rows.releases(), time));

    clock = new ClockTrouble(AlarmChecks.clockBound(configuration), time);
    AnswerReader answers = new AnswerReader(time, clock::heard);
    session = new Session(configuration.onefile().timeouts().session(), time);
    Classifier classifier =
        new Classifier(delivery.answers().renewOn(), delivery.answers().alreadyAssigned());
    SendContext context = new SendContext(pace, guard, queues, UUID.randomUUID().toString(), time);
    settler =
        new Settler(
            context,
            new SettlePolicy(delivery.retry(), delivery.answers().blockUncertainAdditional()),
            counts);
    claims = new Claims(context, delivery.concurrency(), settler.stage());

    listings = new Listings(time);
    Reports.Schedule schedule =
        new Reports.Schedule(
            configuration.report().cutOff(),
            configuration.report().tryAgain(),
            () -> pace.now().admission().state() == PaceStatus.State.CLOSED,
            time,
            delivery.zone());

    disk =
        new DiskWatch(
            folders.data(), new WriteProbe(ledger), configuration.diskFloorMib(), intake::rehearse);

    beans.put(CamelSettings.TLS, configuration.onefile().trusted().parameters());
    beans.put("webhookTls", Trusted.BY_JAVA.parameters());
    beans.put("disk", disk);
    beans.put("backups", backups);
    ExpiredData ledgerRetention = new ExpiredData(ledger);
    retention =
        new Retention(folders.data(), allFeeds, ledgerRetention, configuration.retention(), time);
    erasure = new Erasure(folders.data(), allFeeds, files, new PersonErasure(ledger), time);
    beans.put("retention", retention);
    beans.put("ticks", new Ticks(time));
    beans.put("intake", intake);
    beans.put("sftp", new FeedSftpComponent()); // in place of Camel's own
    FeedBeans perFeed = new FeedBeans(files, listings, time, delivery.zone(), intake.stage());
    Map<String, ResultsPlace> resultsPlaces = new LinkedHashMap<>();
    for (Feed feed : feeds) {
      beans.putAll(perFeed.beans(feed, feeds));
    }
    allFeeds.forEach(feed -> resultsPlaces.put(feed.name(), FeedBeans.resultsPlace(feed)));
    appliedRows = new AppliedRows(producer, files, time, delivery.zone());
    beans.put("planner", planner);
    beans.put("planningQueue", planner.queue());
    dryRuns = new DryRuns(feeds, folders.data(), ledger, producer, time);
    MadeSpool made =
        new MadeSpool(
            allFeeds.stream().map(Feed::name).collect(Collectors.toSet()),
            folders.data(),
            new MadeHere(ledger),
            time);
    undos = new Undos(made, new Undoing(ledger));
    parts = new Parts(made);
    beans.put(
        "dryRunSteps",
        new DryRunSteps(
            folders.data(),
            ledger,
            planner,
            new DryRunSteps.Calls(() -> overview.backlog().open(), pace::finish),
            time));
    beans.put("dryRunDrops", new DryRunDrops(dryRuns, resultsPlaces, time, delivery.zone()));
    beans.put("refusals", new Refusals(folders.data(), files, time, delivery.zone()));
    beans.put(
        "enricher",
        new Enricher(
            configuration.onefile().form().pathUser(),
            configuration.onefile().form().assigneeField()));
    beans.put("pace", pace);
    beans.put("claims", claims);
    beans.put("deliveries", new Deliveries(claims, context));
    beans.put("aims", new Aims(delivery.checksAims(), time));
    beans.put("guard", guard);
    beans.put("onefileCalls", new OnefileCalls(pace, session, answers, classifier, time));
    beans.put("sessionOpener", new SessionOpener(session, configuration.onefile().customerToken()));
    drifted = new DriftedSlots(ledger);
    verification = new Verification(slots, drifted, configuration.verification(), pace, time);
    beans.put("verification", verification);
    beans.put(
        "directory",
        new Directory(
            directory,
            configuration.directory().pageSize(),
            configuration.directory().refreshAt().isPresent(),
            pace,
            time));
    beans.put("answerLimits", new AnswerLimits(configuration.onefile().timeouts().answer()));
    beans.put("settler", settler);
    Reports reports =
        new Reports(
            allFeeds,
            resultsPlaces,
            folders.data(),
            new Reports.Store(files, new ReportSteps(ledger)),
            schedule);
    beans.put("reports", reports);
    beans.put(
        "resultsMails",
        new ResultsMails(
            feeds, files, new SenderMails(ledger), configuration.alarms().instance(), time));
    stages = List.of(intake.stage(), planner.queue().stage(), settler.stage(), reports.stage());
    alarms =
        Alarms.of(
            AlarmChecks.of(configuration, this, reports, time),
            new StandingAlarms(ledger),
            Alarms.channels(configuration.alarms()),
            new Notice.Origin(
                configuration.alarms().instance(),
                delivery.zone(),
                configuration.account().orElse("")),
            time);
    beans.put("alarms", alarms);
    beans.put("notices", alarms.notices());
    beans.put("webhook", new WebhookNotices(configuration.alarms().webhook().orElse(null)));
    MailServer mail = configuration.alarms().mail().orElse(MailServer.NONE);
    beans.put("mailLogin", mail.login());
    beans.put("mailProperties", mail.properties());
  }

  /**
   * The last run may have called until now: of a login, and of what was on its way when it was
   * killed, the ledger has no time.
   */
  private static @Nullable Instant startsAfter(LearnerQueues queues, PaceTime time) {
    return queues.hasSent() ? time.instant() : null;
  }

  Map<String, Object> beans() {
    return beans;
  }
}
