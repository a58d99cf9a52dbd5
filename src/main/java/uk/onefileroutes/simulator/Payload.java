package uk.onefileroutes.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.simulator.Refused.Reason;

/** The JSON object of a request, read strictly: each member has to be known and of its type. */
final class Payload {
  private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9_./-]{1,64}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");

  private final JsonNode object;

  private Payload(JsonNode object) {
    this.object = object;
  }

  static Payload of(Request request) throws Refused {
    String type = request.header("Content-Type");
    if (type == null || !isJson(type.toLowerCase(Locale.ROOT))) {
      throw new Refused(Reason.BODY, "Content-Type has to be application/json");
    }
    JsonNode json = request.json();
    if (json == null || !json.isObject()) {
      throw new Refused(Reason.BODY, "The body has to be one JSON object");
    }
    return new Payload(json);
  }

  private static boolean isJson(String type) {
    return type.replace(" ", "").replace("\"", "").matches("application/json(;charset=utf-8)?");
  }

  /** Refuses members other than these. */
  void allowOnly(Set<String> names) throws Refused {
    Iterator<String> present = object.fieldNames();
    while (present.hasNext()) {
      String name = present.next();
      if (!names.contains(name)) {
        throw new Refused(Reason.MEMBER, "Unknown member " + name);
      }
    }
  }

  boolean has(String name) {
    return object.has(name);
  }

  /** A JSON number from 1 to 2147483647. */
  int id(String name) throws Refused {
    JsonNode value = required(name);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
      throw new Refused(Reason.MEMBER, name + " has to be a number from 1 to 2147483647");
    }
    return value.intValue();
  }

  /** As {@link #id}, or null where it is missing. */
  @Nullable Integer optionalId(String name) throws Refused {
    return has(name) ? Integer.valueOf(id(name)) : null;
  }

  /** A JSON string, or null where it is missing. */
  @Nullable String optionalText(String name) throws Refused {
    if (!has(name)) {
      return null;
    }
    JsonNode value = required(name);
    if (!value.isTextual()) {
      throw new Refused(Reason.MEMBER, name + " has to be a string");
    }
    return value.textValue();
  }

  /** A number, or a string that is not one: a client that quotes numbers is refused. */
  String unitId() throws Refused {
    JsonNode value = required("UnitID");
    if (!value.isTextual()) {
      return String.valueOf(id("UnitID"));
    }
    String text = value.textValue();
    if (NUMBER.matcher(text).matches()) {
      throw new Refused(Reason.MEMBER, "A numeric UnitID has to be a JSON number");
    }
    if (!UNIT.matcher(text).matches()) {
      throw new Refused(Reason.MEMBER, "UnitID has to be a number or a short plain string");
    }
    return text;
  }

  private JsonNode required(String name) throws Refused {
    JsonNode value = object.get(name);
    if (value == null) {
      throw new Refused(Reason.MEMBER, name + " is missing");
    }
    return value;
  }
}
