package uk.onefileroutes.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.shown.Causes;

/**
 * The MBean {@code onefile:type=Operations}: every verb of {@link Operations} by its name, for the
 * commands and the status page. Thread-safe.
 */
@ManagedResource(
    description = "What commands and status page ask and tell, with arguments and answers as JSON")
public final class OperationsControl {
  private static final Logger LOG = LoggerFactory.getLogger(OperationsControl.class);

  // no verb is overloaded: a second one of a name fails the start
  private static final Map<String, Method> VERBS =
      Arrays.stream(Operations.class.getMethods())
          .collect(Collectors.toUnmodifiableMap(Method::getName, method -> method));

  private final Operations operations;

  public OperationsControl(Operations operations) {
    this.operations = operations;
  }

  /**
   * What a call answers: one of the two.
   *
   * @param answer what the verb returned
   * @param refusal why it was not done
   */
  public record Answered(@Nullable JsonNode answer, @Nullable Refusal refusal) {}

  @ManagedOperation(
      description =
          "Calls a verb with its arguments, a JSON array. Returns JSON: answer, or refusal with"
              + " code, message and remedy")
  public String call(String verb, String arguments) {
    try {
      return written(new Answered(Json.MAPPER.valueToTree(answer(verb, arguments)), null));
    } catch (Refused e) {
      return written(new Answered(null, e.refusal()));
    } catch (RuntimeException e) {
      LOG.warn("{} failed: {}", verb, Causes.words(e));
      LOG.debug("Where {} failed", verb, e);
      return written(
          new Answered(null, new Refusal(Code.FAILED, "It failed: " + Causes.words(e) + ".")));
    }
  }

  private Object answer(String verb, String arguments) throws Refused {
    Method method = VERBS.get(verb);
    if (method == null) {
      throw new Refused(Code.OTHER_VERSION, "There is no verb " + verb + ".");
    }
    try {
      return method.invoke(operations, values(method, arguments));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Refused refused) {
        throw refused;
      }
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object[] values(Method method, String arguments) throws Refused {
    try {
      JsonNode given = Json.MAPPER.readTree(arguments);
      Type[] types = method.getGenericParameterTypes();
      if (!given.isArray() || given.size() != types.length) {
        throw new Refused(
            Code.INVALID,
            "%s wants a JSON array of %d arguments.".formatted(method.getName(), types.length));
      }
      Object[] values = new Object[types.length];
      for (int i = 0; i < types.length; i++) {
        values[i] = value(given.get(i), types[i]);
      }
      return values;
    } catch (IOException | IllegalArgumentException e) {
      throw new Refused(
          Code.INVALID, "The arguments of %s can't be read.".formatted(method.getName()));
    }
  }

  private static Object value(JsonNode given, Type type) throws IOException {
    if (given.isNull()) {
      throw new IOException("null");
    }
    return Json.MAPPER.readerFor(Json.MAPPER.constructType(type)).readValue(given);
  }

  private static String written(Answered answered) {
    try {
      return Json.MAPPER.writeValueAsString(answered);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
