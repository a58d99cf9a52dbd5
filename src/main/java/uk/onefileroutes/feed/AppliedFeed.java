package uk.onefileroutes.feed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The built-in feed of the command {@code apply}: files of one row that a person asked for, with
 * our own headers. No folder is polled for it, and no file of it is held: a person has looked
 * already. Its files are no other feed's last file.
 */
public final class AppliedFeed {
  /** Its name, which no file of {@code config/feeds} may have. */
  public static final String NAME = "apply";

  private AppliedFeed() {}

  /**
   * The feed, with its results in a folder of its own.
   *
   * @param account whose it is; empty: there are no accounts
   * @param otherwise what holds for all feeds: how far slots are trusted
   * @param organisation the centre in which references are looked up; null: none
   */
  public static Feed of(
      Path dataFolder, String account, PlanRules otherwise, @Nullable Integer organisation) {
    List<String> faults = new ArrayList<>();
    return FeedKeys.read(NAME, keys(account), otherwise, faults)
        .orElseThrow(() -> new IllegalStateException(String.join(" ", faults)))
        .under(dataFolder)
        .withDefaultOrganisation(organisation);
  }

  private static Map<String, String> keys(String account) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("source", "directory");
    keys.put("directory", "spool"); // not polled: its rows come in there
    keys.put("results.directory", account.isEmpty() ? NAME : NAME + "/" + account);
    keys.put("format", "csv");
    keys.put("charset", "UTF-8");
    keys.put("delimiter", "comma");
    keys.put("feed.snapshot", "partial");
    keys.put("plan.hold.invalid-percent", "never");
    keys.put("plan.hold.change-percent", "never");
    keys.put("plan.hold.gone-percent", "never");
    keys.put("plan.hold.caseload", "never");
    keys.put("plan.hold.column-empty", "false");
    keys.put("plan.hold.older", "false"); // the same may be asked for again
    keys.put("plan.hold.last-line-open", "false");
    keys.put("plan.hold.swapped", "false");
    keys.put("plan.hold.first-file", "false");
    keys.put("plan.all-or-nothing", "false");
    return keys;
  }
}
