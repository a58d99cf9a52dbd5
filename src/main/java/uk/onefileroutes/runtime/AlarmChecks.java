package uk.onefileroutes.runtime;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import uk.onefileroutes.alarm.AlarmCheck;
import uk.onefileroutes.alarm.BacklogDeadline;
import uk.onefileroutes.alarm.DeliveryTrouble;
import uk.onefileroutes.alarm.DriftTrouble;
import uk.onefileroutes.alarm.ExpectedFiles;
import uk.onefileroutes.alarm.FeedTrouble;
import uk.onefileroutes.alarm.FileTrouble;
import uk.onefileroutes.alarm.LeaverTrouble;
import uk.onefileroutes.alarm.PlaceTrouble;
import uk.onefileroutes.alarm.StageTrouble;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.management.DiskTrouble;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.report.Reports;

/** The alarm checks of an instance, wired. */
final class AlarmChecks {
  private static final Duration CLOCKS_APART = Duration.ofMinutes(2);

  private AlarmChecks() {}

  static List<AlarmCheck> of(
      Configuration configuration, Beans beans, Reports reports, PaceTime time) {
    List<Feed> feeds = configuration.feeds();
    ZoneId zone = configuration.delivery().zone();
    return List.of(
        new ExpectedFiles(feeds, beans.files, time, zone),
        new DeliveryTrouble(beans.guard, zone),
        new FileTrouble(beans.overview),
        new LeaverTrouble(beans.leavers::standing),
        new DriftTrouble(beans.drifted::left, zone),
        new FeedTrouble(feeds, beans.files::newest, time),
        new BacklogDeadline(
            beans.overview,
            feeds,
            beans.pace::finish,
            configuration.report().cutOff(),
            time.withZone(zone)),
        new PlaceTrouble(feeds, beans.listings, reports::attempts),
        new StageTrouble(beans.stages, beans.disk::isFolderAtFault, time),
        new DiskTrouble(beans.disk, configuration.folders().data()),
        beans.clock);
  }

  /** An answer may be old by as long as it may take. */
  static Duration clockBound(Configuration configuration) {
    Duration slowest = configuration.onefile().timeouts().answer().plusSeconds(30);
    return slowest.compareTo(CLOCKS_APART) > 0 ? slowest : CLOCKS_APART;
  }
}
