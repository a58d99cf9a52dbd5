package uk.onefileroutes.simulator;

import uk.onefileroutes.simulator.Refused.Reason;
import uk.onefileroutes.simulator.SimulatorOptions.Access;

/** What each path answers. Thread safe. */
final class Api {
  private final Access access;
  private final Tokens tokens;
  private final Assignments assignments;
  private final Search search;
  private final LearnerSearch learnerSearch;

  Api(
      Access access,
      Tokens tokens,
      Assignments assignments,
      Search search,
      LearnerSearch learnerSearch) {
    this.access = access;
    this.tokens = tokens;
    this.assignments = assignments;
    this.search = search;
    this.learnerSearch = learnerSearch;
  }

  Reply answer(Request request) {
    boolean authentication = request.route().what() == Route.What.AUTHENTICATION;
    if (!authentication && !tokens.isLive(request.header("X-TokenID"))) {
      return Reply.frameworkError(access.badTokenStatus(), "Authorization has been denied.");
    }
    if (request.route().what() == Route.What.UNKNOWN) {
      return Reply.frameworkError(404, "No HTTP resource was found that matches the request.");
    }
    if (!request.route().what().allows(request.method())) {
      return Reply.frameworkError(405, "The requested resource does not support this method.")
          .withHeader("Allow", request.route().what().allow());
    }
    try {
      refuseExcess(request);
      return authentication ? authenticate(request) : carryOut(request);
    } catch (Refused refused) {
      return refused.reply();
    }
  }

  /** Makes all sessions invalid now. */
  void endSessions() {
    tokens.killAll();
  }

  private static void refuseExcess(Request request) throws Refused {
    String query = request.query();
    if (query != null && !query.isEmpty()) {
      // The names only: a value may be a secret that slipped into the address.
      throw new Refused(
          Reason.QUERY, "Unknown query parameters: " + query.replaceAll("=[^&]*", ""));
    }
    if (request.tooLarge()) {
      throw new Refused(
          413, Reason.BODY, "The body is larger than " + Request.LARGEST_BODY + " bytes");
    }
  }

  private Reply authenticate(Request request) throws Refused {
    if (!request.text().isEmpty()) {
      throw new Refused(Reason.BODY, "Authentication takes no body");
    }
    String customer = request.header("X-CustomerToken");
    if (customer == null || !access.customerTokens().contains(customer)) {
      return Reply.frameworkError(401, "Authorization has been denied.");
    }
    String token = tokens.issue();
    return Reply.text(access.quotedTokens() ? "\"" + token + "\"\r\n" : token);
  }

  private Reply carryOut(Request request) throws Refused {
    Route route = request.route();
    if (request.method().equals("GET")) {
      if (!request.text().isEmpty()) {
        throw new Refused(Reason.BODY, "GET takes no body");
      }
      return search.user(route.first());
    }
    Payload body = Payload.of(request);
    return switch (route.what()) {
      case USER -> assignments.setDefault(route.first(), body);
      case ASSIGN -> assignments.assign(route.first(), body);
      case USER_SEARCH -> search.users(body);
      case USER_PAGE -> search.page(route.first(), route.second(), body);
      case AIM_PAGE -> learnerSearch.aims(route.first(), route.second(), body);
      case UNIT_PAGE -> learnerSearch.units(route.first(), route.second(), body);
      case STANDARD_SEARCH -> search.standards(body);
      case UNIT_SEARCH -> search.units(body);
      case AUTHENTICATION, UNKNOWN -> throw new IllegalStateException("handled before");
    };
  }
}
