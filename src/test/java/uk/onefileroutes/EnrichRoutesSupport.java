package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Assignment;
import uk.onefileroutes.assignment.Kind;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.assignment.Verdict;
import uk.onefileroutes.onefile.Enricher;
import uk.onefileroutes.onefile.Request;

/** The project's own enrich routes with the real enricher: a valid row in, its request out. */
abstract class EnrichRoutesSupport extends CamelMainTestSupport {
  static final long LEARNER = 1001;
  static final long ASSIGNEE = 501;

  abstract Enricher enricher();

  @Override
  protected void configure(MainConfigurationProperties configuration) {
    configuration.withRoutesIncludePattern("file:routes/enrich.camel.yaml");
  }

  @Override
  protected void bindToRegistry(Registry registry) {
    registry.bind("enricher", enricher());
  }

  Request enriched(Kind kind, Role role, @Nullable Long standard, @Nullable String unit) {
    Assignment assignment = new Assignment(LEARNER, kind, role, ASSIGNEE, standard, unit);
    Verdict.Valid row = new Verdict.Valid(1, 0, assignment, "");
    Exchange exchange =
        template.request(
            "direct:enrich-" + row.kind(), message -> message.getMessage().setBody(row));
    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getBody()).as("the row stays the body").isSameAs(row);
    return exchange.getVariable("request", Request.class);
  }

  Request enriched(Kind kind, Role role) {
    Long standard = kind == Kind.LEARNING_AIM ? Long.valueOf(31) : null;
    String unit = kind == Kind.UNIT_SUMMARY ? "KS_COMM1" : null;
    return enriched(kind, role, standard, unit);
  }
}
