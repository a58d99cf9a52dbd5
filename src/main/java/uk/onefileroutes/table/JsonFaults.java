package uk.onefileroutes.table;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.shown.Shown;

/** Why JSON can't be read on, in words for its sender. Pure functions. */
final class JsonFaults {
  private static final int SHOWN = 40;
  private static final Pattern WORD =
      Pattern.compile("(?:Unrecognized|Non-standard) token '([^']{1,100})");

  /** What the parser's own words tell of, and the same in ours. */
  private static final List<Sentence> SENTENCES =
      List.of(
          new Sentence(
              "start field name",
              "a name has no double quotes around it, or a comma stands before a closing brace"),
          new Sentence(
              "comma to separate",
              "a comma or a closing bracket is missing, or a quote within a text has no \\ before it"),
          new Sentence("colon to separate", "a colon is missing behind a name"),
          new Sentence(
              "Illegal unquoted character",
              "a text has a line end, a tab or another control character in it as it is; write \\n or \\t"),
          new Sentence("hex-digit", "a \\u in a text is not followed by four hexadecimal digits"),
          new Sentence("character escape", "a \\ in a text begins nothing; write \\\\"),
          new Sentence("zeroes", "a number begins with a zero; write it in double quotes"),
          new Sentence(
              "numeric value", "a number is not written as JSON has it; write it in double quotes"),
          new Sentence(
              "number", "a number is not written as JSON has it; write it in double quotes"),
          new Sentence("close marker", "a bracket is closed that is not open"),
          new Sentence("comment", "a comment stands there, and JSON has none"),
          new Sentence(
              "expected a valid value",
              "there is no value, or one without double quotes, or a comma too many"));

  private record Sentence(String sign, String words) {}

  private JsonFaults() {}

  /** Why a file is refused. */
  static UnreadableFile broken(JsonProcessingException e, JsonParser parser) {
    JsonLocation place = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
    long line = Math.max(0, place.getLineNr());
    if (e instanceof StreamConstraintsException) {
      return new UnreadableFile(
          FileCode.TOO_LARGE,
          "A value or a name is too long, or too deep within others.",
          line,
          "Shorten it, or raise the feed's limit.line.");
    }
    return new UnreadableFile(
        FileCode.NOT_READABLE,
        "The JSON is broken at character %d of the line: %s."
            .formatted(Math.max(1, place.getColumnNr()), words(e)),
        line,
        e instanceof JsonEOFException
            ? "Send the whole file; it must be an array of flat objects, or one object a line."
            : "Correct it there, or export it again; it must be an array of flat objects, or one"
                + " object a line.");
  }

  private static String words(JsonProcessingException e) {
    if (e instanceof JsonEOFException) {
      return "it ends within a row or before the closing bracket; usually the file was cut";
    }
    String told = String.valueOf(e.getOriginalMessage());
    Matcher word = WORD.matcher(told);
    if (word.find()) {
      return "\"%s\" is no JSON value; write null for none, true or false, or put it in double quotes"
          .formatted(Shown.line(word.group(1), SHOWN));
    }
    @Nullable Sentence sentence =
        SENTENCES.stream().filter(one -> told.contains(one.sign)).findFirst().orElse(null);
    return sentence == null ? "something stands there that has no place in JSON" : sentence.words;
  }
}
