package uk.onefileroutes.keys;

import java.io.IOException;
import java.io.Serial;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of keys as people save it: UTF-8 with or without a byte order mark. What Java would read
 * in another way than it looks is refused: a key that stands there twice, a single backslash.
 * Stateless.
 */
public final class KeyFile {
  private static final String REMEDY = "write / or \\\\ in its place";

  /** A backslash and what it goes with: four digits, or one character. */
  private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9A-Fa-f]{4}|.|$)");

  private KeyFile() {}

  /**
   * The keys of a file, each of which may stand there once; none where it can't be understood.
   *
   * @param shown what it is called in faults
   * @param faults to which this adds its own, one line each
   * @throws IOException where it can't be read
   */
  public static Map<String, String> read(Path file, String shown, List<String> faults)
      throws IOException {
    Once properties = load(file, shown, faults);
    for (String key : properties.repeated) {
      faults.add(shown + ": " + key + ": stands there twice; remove one");
    }
    return values(properties);
  }

  /** The same; of a key that stands there twice the last counts. */
  public static Map<String, String> readLast(Path file, String shown, List<String> faults)
      throws IOException {
    return values(load(file, shown, faults));
  }

  private static Map<String, String> values(Properties properties) {
    Map<String, String> keys = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> keys.put(key, properties.getProperty(key)));
    return keys;
  }

  private static Once load(Path file, String shown, List<String> faults) throws IOException {
    Once properties = new Once();
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      faults.add(shown + ": not UTF-8; save it as UTF-8");
      return properties;
    }
    String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<String> lost = lostBackslashes(bare);
    if (lost.isEmpty()) {
      properties.load(new StringReader(bare));
    }
    lost.forEach(fault -> faults.add(shown + ": " + fault));
    return properties;
  }

  /** Java drops a backslash before any letter or digit that it has no meaning for. */
  private static List<String> lostBackslashes(String text) {
    List<String> faults = new ArrayList<>();
    boolean isContinued = false;
    for (String line : text.split("\\R", -1)) {
      String begun = line.stripLeading();
      boolean isComment = !isContinued && (begun.startsWith("#") || begun.startsWith("!"));
      isContinued = false;
      for (Matcher escape = ESCAPE.matcher(isComment ? "" : line); escape.find(); ) {
        String meant = escape.group(1);
        isContinued = meant.isEmpty();
        if (meant.length() == 1
            && Character.isLetterOrDigit(meant.charAt(0))
            && "tnrf".indexOf(meant.charAt(0)) < 0) {
          faults.add("%s: a single \\ is lost; %s".formatted(begun.split("[=:\\s]", 2)[0], REMEDY));
          break;
        }
      }
    }
    return faults;
  }

  /** Properties would let the last of two values for a key win without a word. */
  private static final class Once extends Properties {
    @Serial private static final long serialVersionUID = 1L;
    private final transient List<String> repeated = new ArrayList<>();

    @Override
    public synchronized Object put(Object key, Object value) {
      if (containsKey(key)) {
        repeated.add(key.toString());
      }
      return super.put(key, value);
    }
  }
}
