package uk.onefileroutes.receive;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Files that programs and systems put beside those that people mean to send, told by their names:
 * uploads under way, locks, backups, and what a desktop keeps in a folder. Stateless.
 */
final class SideFiles {
  /** Of uploads and downloads under way, by the programs that write them. */
  private static final List<String> UNFINISHED =
      List.of(
          ".part",
          ".partial",
          ".filepart",
          ".tmp",
          ".temp",
          ".writing",
          ".uploading",
          ".incomplete",
          ".inprogress",
          ".crdownload",
          ".opdownload",
          ".download",
          ".ffs_tmp",
          ".cyberduckpart");

  private static final List<String> LOCKS = List.of(".lock", ".lck", ".ffs_lock");

  private static final List<String> BACKUPS = List.of("~", ".bak", ".backup", ".orig", ".old");

  private static final Set<String> OF_SYSTEMS =
      Set.of("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "ws_ftp.log");

  /** What we say of a refused file, where results go into the drop folder. */
  private static final String OURS = ".error.txt";

  /** An editor's recovery file, and the folder-wide copy that macOS writes before it renames. */
  private static final Pattern RECOVERY =
      Pattern.compile(".*\\.(sw[a-p]|swpx|sb-[0-9a-f]{8}-\\w{6})", Pattern.CASE_INSENSITIVE);

  private SideFiles() {}

  /** Whether a file of this name is never taken. */
  static boolean contain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.startsWith(".") // hidden; .DS_Store, .~lock.export.csv#
        || name.startsWith("~$") // who has a document open
        || (name.startsWith("#") && name.endsWith("#"))
        || OF_SYSTEMS.contains(lower)
        || lower.endsWith(OURS)
        || endsWithAny(lower, UNFINISHED)
        || endsWithAny(lower, LOCKS)
        || endsWithAny(lower, BACKUPS)
        || RECOVERY.matcher(name).matches();
  }

  private static boolean endsWithAny(String name, List<String> endings) {
    return endings.stream().anyMatch(name::endsWith);
  }
}
