package uk.onefileroutes.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Fault;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.assignment.Ids;
import uk.onefileroutes.feed.Feed;

/**
 * Reads JSON objects as rows: first the names of all members, which are the header, then the
 * values. Nothing grows beyond the feed's limits. Not thread-safe.
 */
final class JsonObjects {
  private static final int SHOWN = 40;

  private final Feed.Limits limits;
  private final JsonFactory factory;
  private final Set<String> names = new LinkedHashSet<>();
  private final List<String> found = new ArrayList<>();
  private long nameLength;
  private boolean nested;
  private String exponent = "";

  JsonObjects(Feed.Limits limits) {
    this.limits = limits;
    this.factory =
        JsonFactory.builder()
            // tables of names that a sender could fill up
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxStringLength(limits.line())
                    .maxNameLength(limits.line())
                    .maxNumberLength(Math.min(1000, limits.line()))
                    .maxNestingDepth(100)
                    .build())
            .build();
  }

  JsonParser parser(Reader text) throws IOException {
    return factory.createParser(text);
  }

  JsonParser parser(String text) throws IOException {
    return factory.createParser(text);
  }

  /** The names of all members, in the order of their appearance. */
  List<String> names() throws UnreadableFile {
    if (nameLength > limits.line()) {
      throw new UnreadableFile(
          FileCode.TOO_LARGE,
          "The names of the members have more than " + limits.line() + " characters.",
          0,
          "Shorten them, or raise the feed's limit.line.");
    }
    return List.copyOf(names);
  }

  /** Whether any member held an object or an array. */
  boolean hasNested() {
    return nested;
  }

  /** Reads an object to its end and remembers what its members are called. */
  void readNames(JsonParser parser) throws IOException {
    found.clear();
    boolean hasNested = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      // one more than allowed is enough to refuse the file
      if (names.size() <= limits.columns()
          && found.size() <= limits.columns()
          && nameLength <= limits.line()
          && !names.contains(name)) {
        found.add(name);
      }
      JsonToken value = parser.nextToken();
      hasNested |= value.isStructStart();
      check(value, parser);
      if (value == JsonToken.VALUE_NUMBER_FLOAT && exponent.isEmpty()) {
        String written = parser.getText();
        exponent = number(written).equals(written) ? "" : written;
      }
      parser.skipChildren();
    }
    nested |= hasNested;
    for (String name : found) {
      if (names.size() <= limits.columns() && names.add(name)) {
        nameLength += name.length();
      }
    }
  }

  /** A value that is too long is found when the file is opened, not when its row is read. */
  private static void check(JsonToken value, JsonParser parser) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      int unused = parser.getTextLength();
    }
  }

  /** Reads an object to its end; its values in these places. */
  Draft read(JsonParser parser, Map<String, Integer> places, long line) throws IOException {
    String[] cells = new String[places.size()];
    Arrays.fill(cells, "");
    BitSet seen = new BitSet();
    String twice = null;
    long length = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      Integer place = places.get(name);
      if (place == null || length > limits.line()) {
        parser.skipChildren();
        continue;
      }
      String value = value(parser);
      length += value.length();
      if (seen.get(place)) {
        twice = name;
      }
      seen.set(place);
      if (length <= limits.line()) {
        cells[place] = value;
      }
    }
    Fault fault = null;
    if (length > limits.line()) {
      fault = tooLong(line);
    } else if (twice != null) {
      fault =
          new Fault(
              Code.WRONG_COLUMN_COUNT,
              "Line %d: the member \"%s\" is there twice; write each once."
                  .formatted(line, shortened(twice)));
    }
    return new Draft(line, Arrays.asList(cells), fault);
  }

  Fault tooLong(long line) {
    return new Fault(
        Code.TOO_LONG,
        "Line %d: the record has more than %d characters; only its beginning was kept."
            .formatted(line, limits.line()));
  }

  /**
   * A value as text; numbers as they are written, unless the exponent is only another way to write
   * an id; objects and arrays as JSON.
   */
  String value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> "";
      case VALUE_NUMBER_FLOAT -> number(parser.getText());
      case START_OBJECT, START_ARRAY -> structure(parser);
      default -> parser.getText();
    };
  }

  /** A JSON number is exact, whatever wrote it; in a text an exponent tells of rounding. */
  private static String number(String written) {
    if (written.indexOf('e') < 0 && written.indexOf('E') < 0) {
      return written;
    }
    String plain = CellText.number(written);
    return Ids.parse(plain) == null ? written : plain;
  }

  /** The first number whose exponent is only another way to write an id; empty where none is. */
  String exponent() {
    return exponent;
  }

  private String structure(JsonParser parser) throws IOException {
    StringWriter text = new StringWriter();
    JsonGenerator json = factory.createGenerator(text);
    int depth = 0;
    do {
      JsonToken token = parser.currentToken();
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (text.getBuffer().length() <= limits.line()) {
        copy(token, parser, json);
        json.flush();
      }
    } while (depth > 0 && parser.nextToken() != null);
    return text.toString();
  }

  private static void copy(JsonToken token, JsonParser parser, JsonGenerator json)
      throws IOException {
    switch (token) {
      case START_OBJECT -> json.writeStartObject();
      case END_OBJECT -> json.writeEndObject();
      case START_ARRAY -> json.writeStartArray();
      case END_ARRAY -> json.writeEndArray();
      case FIELD_NAME -> json.writeFieldName(parser.currentName());
      case VALUE_STRING -> json.writeString(parser.getText());
      default -> json.writeRawValue(parser.getText());
    }
  }

  private static String shortened(String name) {
    String whole = Cells.whole(name);
    return whole.length() > SHOWN ? whole.substring(0, SHOWN) + "..." : whole;
  }
}
