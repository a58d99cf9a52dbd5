package uk.onefileroutes.table;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Code;
import uk.onefileroutes.assignment.Fault;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.feed.Feed;

/** Opens JSON as a table: an array of objects, or an object a line. */
final class JsonTable {
  private static final String AS_ROWS =
      "Send an array of flat objects, [{...}, {...}], or one object a line.";

  private final Unpacked bytes;
  private final Feed feed;
  private final Encoding encoding;
  private final JsonObjects objects;

  private JsonTable(Unpacked bytes, Feed feed) throws UnreadableFile, IOException {
    this.bytes = bytes;
    this.feed = feed;
    this.encoding = Encoding.of(bytes.path(), feed.layout().charset());
    this.objects = new JsonObjects(feed.limits());
  }

  /** Opens an array. It is read to its end, so that what is broken is found before any row. */
  static Table array(Unpacked bytes, Feed feed) throws UnreadableFile, IOException {
    JsonTable json = new JsonTable(bytes, feed);
    try (ArrayCursor all = json.new ArrayCursor(null)) {
      boolean isEmpty = true;
      while (all.next() != null) {
        isEmpty = false; // only the names matter now
      }
      if (isEmpty) {
        return BuiltTable.empty(feed, json.encoding.warnings(), bytes);
      }
      if (all.hasArrays && json.objects.names().isEmpty()) {
        throw NoHeader.refused(
            "The JSON is an array of arrays: their values have no names.",
            0,
            "Send an array of objects, [{\"learner_id\": 1001, ...}, ...], or the same table as CSV.");
      }
    }
    Map<String, Integer> places = json.places();
    return json.table(() -> json.new ArrayCursor(places));
  }

  /** Opens an object a line; lines that are broken don't count for the header. */
  static Table lines(Unpacked bytes, Feed feed) throws UnreadableFile, IOException {
    JsonTable json = new JsonTable(bytes, feed);
    boolean isFirst = true;
    try (TextLines lines = json.openLines()) {
      for (var line = lines.next(); line != null; line = lines.next()) {
        if (!line.isTooLong() && !line.text().isBlank()) {
          json.readNames(line, isFirst);
          isFirst = false;
        }
      }
    }
    Map<String, Integer> places = json.places();
    return json.table(() -> json.new LinesCursor(places));
  }

  private void readNames(TextLines.Line line, boolean isFirst) throws UnreadableFile, IOException {
    try (JsonParser parser = objects.parser(line.text())) {
      try {
        if (parser.nextToken() == JsonToken.START_OBJECT) {
          objects.readNames(parser);
        }
      } catch (JsonEOFException e) {
        if (isFirst && (depth(parser) > 1 || line.text().strip().equals("{"))) {
          throw oneObject();
        }
      } catch (JsonProcessingException e) {
        // its row says so
      }
    }
  }

  private static int depth(JsonParser parser) {
    int depth = 0;
    for (JsonStreamContext context = parser.getParsingContext();
        context != null && !context.inRoot();
        context = context.getParent()) {
      depth++;
    }
    return depth;
  }

  private Map<String, Integer> places() throws UnreadableFile {
    List<String> names = objects.names();
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      places.put(names.get(i), i);
    }
    return places;
  }

  private Table table(Draft.Source source) throws UnreadableFile {
    List<String> names = objects.names().stream().map(Cells::whole).toList();
    Header header = new Header(names, feed, 0);
    if (header.known() == 0 && names.size() <= feed.limits().columns()) {
      throw objects.hasNested()
          ? oneObject()
          : new UnreadableFile(
              FileCode.NO_HEADER,
              "No object has any of the members that the feed needs.",
              0,
              "Name the members learner_id, role, kind or level, assignee_id.");
    }
    List<String> warnings = new ArrayList<>(encoding.warnings());
    warnings.addAll(header.judge(feed.limits()));
    if (!objects.exponent().isEmpty()) {
      warnings.add(
          "numbers with an exponent, such as %s, are read as whole numbers"
              .formatted(objects.exponent()));
    }
    return new BuiltTable(source, header, feed.limits(), warnings, bytes);
  }

  private static UnreadableFile oneObject() {
    return Contents.unreadable("The JSON holds its rows somewhere within an object.", AS_ROWS);
  }

  private TextLines openLines() throws IOException {
    return new TextLines(encoding.open(bytes.path()), feed.limits().line());
  }

  /** A value that is no object where a row should be. */
  private static Draft notAnObject(long line, String text) {
    return new Draft(
        line,
        List.of(text),
        new Fault(
            Code.WRONG_COLUMN_COUNT,
            "Line %d: this is no JSON object, so it has no columns.".formatted(line)));
  }

  /** The elements of an array; without places it only collects names. */
  private final class ArrayCursor implements Draft.Cursor {
    private final JsonParser parser;
    private final @Nullable Map<String, Integer> places;
    private boolean ended;
    private boolean hasArrays;

    ArrayCursor(@Nullable Map<String, Integer> places) throws UnreadableFile, IOException {
      this.places = places;
      this.parser = objects.parser(new TextReader(encoding.open(bytes.path())));
      try {
        parser.nextToken(); // the bracket by which the format was recognised
      } catch (JsonProcessingException e) {
        parser.close();
        throw JsonFaults.broken(e, parser);
      }
    }

    @Override
    public @Nullable Draft next() throws UnreadableFile, IOException {
      if (ended) {
        return null;
      }
      try {
        JsonToken token = parser.nextToken();
        long line = parser.currentTokenLocation().getLineNr();
        if (token == JsonToken.END_ARRAY) {
          ended = true;
          if (parser.nextToken() != null) {
            throw Contents.unreadable("There is something behind the array's end.", AS_ROWS);
          }
          return null;
        }
        if (token != JsonToken.START_OBJECT) {
          hasArrays |= token == JsonToken.START_ARRAY;
          return notAnObject(line, objects.value(parser));
        }
        if (places == null) {
          objects.readNames(parser);
          return new Draft(line, List.of(), null);
        }
        return objects.read(parser, places, line);
      } catch (JsonProcessingException e) {
        throw JsonFaults.broken(e, parser);
      }
    }

    @Override
    public void close() throws IOException {
      parser.close();
    }
  }

  /** The lines, each an object. */
  private final class LinesCursor implements Draft.Cursor {
    private final TextLines lines;
    private final Map<String, Integer> places;

    LinesCursor(Map<String, Integer> places) throws IOException {
      this.places = places;
      this.lines = openLines();
    }

    @Override
    public @Nullable Draft next() throws IOException {
      TextLines.Line line = lines.next();
      if (line == null) {
        return null;
      }
      if (line.isTooLong()) {
        return new Draft(line.number(), List.of(line.text()), objects.tooLong(line.number()));
      }
      if (line.text().isBlank()) {
        return new Draft(line.number(), Collections.nCopies(places.size(), ""), null);
      }
      try (JsonParser parser = objects.parser(line.text())) {
        JsonToken token = parser.nextToken();
        if (token != JsonToken.START_OBJECT) {
          return notAnObject(line.number(), line.text());
        }
        Draft draft = objects.read(parser, places, line.number());
        return parser.nextToken() == null ? draft : broken(line);
      } catch (JsonProcessingException e) {
        return broken(line);
      }
    }

    private Draft broken(TextLines.Line line) {
      return new Draft(
          line.number(),
          List.of(line.text()),
          new Fault(
              Code.BAD_QUOTING,
              "Line %d: this is no complete JSON object; write one a line, in double quotes."
                  .formatted(line.number())));
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
