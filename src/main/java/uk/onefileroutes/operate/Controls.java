package uk.onefileroutes.operate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.management.DeliveryControl;
import uk.onefileroutes.management.FeedsControl;
import uk.onefileroutes.management.FilesControl;
import uk.onefileroutes.management.Journal;
import uk.onefileroutes.management.PaceControl;
import uk.onefileroutes.management.StatusReader;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.pace.Timetable;

/** The MBeans of an instance, wired. */
final class Controls {
  private Controls() {}

  /** Each by the type in its name. */
  static Map<String, Object> of(
      Configuration configuration, Parts parts, Consumer<Timetable> whenChanged, PaceTime time) {
    Journal journal = new Journal(configuration.management().user());
    StatusReader status =
        new StatusReader(parts.overview, parts.pace, configuration.feeds(), parts.listings, time);
    Map<String, Object> controls = new LinkedHashMap<>();
    controls.put(
        "Delivery",
        new DeliveryControl(status, parts.brake, new SelfCheck(configuration, parts), journal));
    controls.put(
        "Pace",
        new PaceControl(parts.pace, configuration.farSide().highestRate(), whenChanged, journal));
    controls.put("Files", new FilesControl(status, parts.actions, time, journal));
    controls.put("Feeds", new FeedsControl(status));
    return controls;
  }
}
