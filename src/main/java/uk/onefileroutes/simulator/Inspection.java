package uk.onefileroutes.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** {@code GET /__state} and {@code GET /__calls}: the same as the Java methods, as JSON. */
final class Inspection implements HttpHandler {
  private static final JsonFactory JSON = new JsonFactory();

  private final Simulator simulator;

  Inspection(Simulator simulator) {
    this.simulator = simulator;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String query = exchange.getRequestURI().getRawQuery();
      if (!exchange.getRequestMethod().equals("GET")) {
        CallHandler.send(exchange, Reply.frameworkError(405, "GET only"));
      } else if (path.equals("/__state") && query == null) {
        stream(exchange, this::writeState);
      } else if (path.equals("/__calls") && (query == null || query.matches("since=[0-9]{1,18}"))) {
        long since = query == null ? 0 : Long.parseLong(query.substring("since=".length()));
        stream(exchange, json -> writeCalls(json, since));
      } else {
        CallHandler.send(
            exchange, Reply.frameworkError(404, "There is /__state, /__calls, /__calls?since=N"));
      }
    }
  }

  /** In chunks: a million calls don't fit into one array of bytes comfortably. */
  private static void stream(HttpExchange exchange, Writer writer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    try (BufferedOutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16);
        JsonGenerator json = JSON.createGenerator(out)) {
      writer.write(json);
    }
  }

  private void writeCalls(JsonGenerator json, long since) throws IOException {
    json.writeStartArray();
    for (Call call : simulator.calls(since)) {
      json.writeStartObject();
      json.writeNumberField("number", call.number());
      json.writeStringField("at", call.at().toString());
      json.writeStringField("method", call.content().method());
      json.writeStringField("path", call.path());
      json.writeStringField("body", call.body());
      if (call.learner() != null) {
        json.writeNumberField("learner", call.learner());
      }
      json.writeNumberField("status", call.status());
      json.writeNumberField("millisInFlight", call.ending().millisInFlight());
      json.writeBooleanField("overlapped", call.overlapped());
      json.writeBooleanField("faulted", call.ending().faulted());
      json.writeBooleanField("applied", call.applied());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeState(JsonGenerator json) throws IOException {
    State state = simulator.state();
    json.writeStartObject();
    json.writeArrayFieldStart("defaultAssessors");
    writeDefaults(json, state.defaultAssessors());
    json.writeArrayFieldStart("defaultEmployers");
    writeDefaults(json, state.defaultEmployers());
    json.writeArrayFieldStart("learningAims");
    for (Map.Entry<State.AimSlot, Integer> aim : state.learningAims().entrySet()) {
      json.writeStartObject();
      json.writeNumberField("learner", aim.getKey().learner());
      json.writeNumberField("standard", aim.getKey().standard());
      json.writeStringField("role", aim.getKey().role());
      json.writeNumberField("assignee", aim.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("unitSummaries");
    for (Map.Entry<State.UnitSlot, Integer> unit : state.unitSummaries().entrySet()) {
      json.writeStartObject();
      json.writeNumberField("learner", unit.getKey().learner());
      json.writeStringField("unit", unit.getKey().unit());
      json.writeStringField("role", unit.getKey().role());
      json.writeNumberField("assignee", unit.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("additional");
    for (Map.Entry<Integer, Set<Integer>> learner : state.additional().entrySet()) {
      json.writeStartObject();
      json.writeNumberField("learner", learner.getKey());
      json.writeArrayFieldStart("assignees");
      for (int assignee : learner.getValue()) {
        json.writeNumber(assignee);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeDefaults(JsonGenerator json, Map<Integer, Integer> byLearner)
      throws IOException {
    for (Map.Entry<Integer, Integer> each : byLearner.entrySet()) {
      json.writeStartObject();
      json.writeNumberField("learner", each.getKey());
      json.writeNumberField("assignee", each.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private interface Writer {
    void write(JsonGenerator json) throws IOException;
  }
}
