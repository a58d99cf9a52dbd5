package uk.onefileroutes.feed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * File names made from a sender's: safe in every folder, on every system, in logs, and never an
 * expression for Camel's file component, which evaluates <code>${...}</code> in names.
 */
public final class SafeName {
  // bytes; room for what is put behind it: most systems allow 255
  private static final int MAX_LENGTH = 180;
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private static final Pattern NO_CSV =
      Pattern.compile("(?i).+\\.(json|ndjson|jsonl|xlsx|xlsm|xls|ods|html?|xml|gz|zip)");

  private static final Pattern PACKED = Pattern.compile("(?i)^(.+)\\.(gz|zip)$");

  private SafeName() {}

  /**
   * The name with everything replaced by {@code _} that is not a letter, digit, space or one of
   * {@code ._-+()@#,}.
   */
  public static String of(String name) {
    StringBuilder safe = new StringBuilder(name.length());
    name.codePoints()
        .map(c -> Character.isLetterOrDigit(c) || " ._-+()@#,".indexOf(c) >= 0 ? c : '_')
        .forEach(safe::appendCodePoint);
    String bounded = bytes(safe) <= MAX_LENGTH ? safe.toString() : shortened(safe);
    return bounded.isBlank() || bounded.startsWith(".") ? "_" + bounded.strip() : bounded;
  }

  /** {@code export.csv} and {@code results.csv} make {@code export.results.csv}. */
  public static String withEnding(String name, String ending) {
    return base(of(name)) + "." + ending;
  }

  /**
   * The first of {@code export.results.csv}, {@code export.20261121-235959.results.csv}, {@code
   * export.20261121-235959-2.results.csv} and so on that is free.
   *
   * @param ending what follows the base name, without a dot before it
   * @param now for the stamp, in the zone that people read
   */
  public static String free(
      String name, String ending, LocalDateTime now, Predicate<String> isFree) {
    String base = base(of(name));
    String candidate = withEnding(name, ending);
    String stamped = base + "." + STAMP.format(now);
    for (int i = 1; !isFree.test(candidate); i++) {
      candidate = stamped + (i == 1 ? "" : "-" + i) + "." + ending;
    }
    return candidate;
  }

  /** The ending of a name, {@code csv} for {@code export.csv}; {@code file} where it has none. */
  public static String ending(String name) {
    String safe = of(name);
    int dot = safe.lastIndexOf('.');
    return dot <= 0 || dot == safe.length() - 1 ? "file" : safe.substring(dot + 1);
  }

  /**
   * A name as the answer to it begins: {@code export.csv.gz} or {@code .zip} as {@code export.csv},
   * and what is no CSV gets an answer that is: {@code export.json} as {@code export.csv}.
   */
  public static String ofAnswer(String name) {
    String safe = of(name);
    String unpacked = PACKED.matcher(safe).replaceFirst("$1");
    boolean isNamedCsv = unpacked.equals(safe) || unpacked.lastIndexOf('.') > 0;
    return NO_CSV.matcher(unpacked).matches() || !isNamedCsv ? base(unpacked) + ".csv" : unpacked;
  }

  /**
   * A place for a file in a folder where nothing is ever overwritten: its own name, or one with a
   * stamp. A place that holds the same bytes already counts as its own, so that what a crash
   * interrupted is not put there twice.
   */
  public static Path place(Path folder, String name, Path bytes, LocalDateTime now) {
    return folder.resolve(
        free(name, ending(name), now, candidate -> isFreeFor(bytes, folder.resolve(candidate))));
  }

  /**
   * Copies bytes to such a place, in one step; what is there already stays. One at a time in a
   * process, so that two of one name never take one place.
   */
  public static synchronized Path put(Path folder, String name, Path bytes, LocalDateTime now)
      throws IOException {
    Path place = place(folder, name, bytes, now);
    if (!Files.exists(place)) {
      Path part = folder.resolve("." + place.getFileName() + ".part");
      Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    }
    return place;
  }

  /** Whether a place is free, or holds the same bytes already. */
  private static boolean isFreeFor(Path bytes, Path place) {
    try {
      return !Files.exists(place) || Files.mismatch(bytes, place) < 0;
    } catch (IOException e) {
      return false; // it exists and can't be read: not ours
    }
  }

  private static String base(String safe) {
    int dot = safe.lastIndexOf('.');
    return dot <= 0 ? safe : safe.substring(0, dot);
  }

  private static int bytes(CharSequence name) {
    return name.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static String shortened(StringBuilder safe) {
    int dot = safe.lastIndexOf(".");
    String ending = dot > 0 && safe.length() - dot <= 16 ? safe.substring(dot) : "";
    int end = safe.length() - ending.length();
    while (bytes(safe.substring(0, end) + ending) > MAX_LENGTH) {
      end = safe.offsetByCodePoints(end, -1);
    }
    return safe.substring(0, end) + ending;
  }
}
