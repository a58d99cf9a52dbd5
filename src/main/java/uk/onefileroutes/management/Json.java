package uk.onefileroutes.management;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Answers as JSON: the same wherever they are shown. Stateless and thread-safe. */
public final class Json {
  /** Writes and reads the records of {@link Operations}; nobody configures it further. */
  public static final ObjectMapper MAPPER = new ObjectMapper();

  private static final TypeReference<List<Map<String, Object>>> TABLE = new TypeReference<>() {};

  private Json() {}

  /** On several lines, for people and scripts. */
  public static String text(Object answer) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As an attribute of an MBean can hold it. */
  static List<Map<String, Object>> table(List<?> records) {
    return MAPPER.convertValue(records, TABLE);
  }

  /** The same, a line of its own, bit by bit: for what may be long. */
  public static void write(Object answer, PrintStream out) {
    try {
      MAPPER
          .writerWithDefaultPrettyPrinter()
          .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .writeValue(out, answer);
      out.println();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
