package uk.onefileroutes.runtime;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import uk.onefileroutes.alarm.AlarmChannels;
import uk.onefileroutes.alarm.MailServer;
import uk.onefileroutes.config.Configuration;

/** What Camel is started with. A user's own {@code camel.*} keys win over these. */
final class CamelSettings {
  static final int SHUTDOWN_SECONDS = 20;

  private static final String MIDNIGHT = "0 0 0 * * ?";

  /** The bean that says which versions of TLS are spoken with Onefile, and who is trusted. */
  static final String TLS = "onefileTls";

  private static final String NAME = "camel.main.name";
  private static final String EXCLUDED = "camel.main.routeFilterExcludePattern";

  private static final int OTHER_TICKS = 14; // with one for the reports of the feed apply

  private CamelSettings() {}

  static Properties of(Configuration configuration) {
    Properties settings = new Properties();
    settings.setProperty(
        "camel.main.routesIncludePattern",
        "file:" + configuration.folders().routes() + "/*.camel.yaml");
    settings.setProperty("camel.main.autoConfigurationLogSummary", "false");
    settings.setProperty("camel.main.startupSummaryLevel", "Oneline");
    settings.setProperty("camel.main.shutdownTimeout", Integer.toString(SHUTDOWN_SECONDS));
    settings.setProperty("camel.main.shutdownLogInflightExchangesOnTimeout", "false");
    settings.setProperty("camel.main.streamCachingEnabled", "false");
    settings.setProperty("camel.main.logMask", "true");

    int workers = configuration.delivery().concurrency();
    for (String size : List.of("pool-size", "max-pool-size")) {
      settings.setProperty("camel.threadpool.config[delivery]." + size, Integer.toString(workers));
    }
    // a thread for each feed's reports, which may wait for its server, and some for all other ticks
    settings.setProperty(
        "camel.component.quartz.properties[org.quartz.threadPool.threadCount]",
        Integer.toString(OTHER_TICKS + configuration.feeds().size()));
    List.of("http", "https").forEach(component -> http(settings, component, configuration));
    // not for http, which would speak TLS to the loopback then
    settings.setProperty("camel.component.https.sslContextParameters", "#bean:" + TLS);

    // for the routes
    String baseUrl = configuration.onefile().baseUrl();
    settings.setProperty("onefile.base-url", baseUrl);
    settings.setProperty("onefile.address", baseUrl.replaceFirst("^https?://", ""));
    settings.setProperty("ledger.backup.cron", daily(configuration.backup().at()));
    settings.setProperty("retention.cron", daily(configuration.retention().at()));
    settings.setProperty("directory.refresh.cron", daily(configuration.directory().refreshAt()));
    settings.setProperty("verify.cron", configuration.verification().at().orElse(MIDNIGHT));
    settings.setProperty("delivery.zone", configuration.delivery().zone().getId());
    mail(settings, configuration);
    settings.putAll(configuration.camel());
    // no two contexts of a process have one name
    configuration
        .account()
        .or(
            () ->
                Optional.of("onefile-assignment-routes")
                    .filter(name -> !settings.containsKey(NAME)))
        .ifPresent(name -> settings.setProperty(NAME, name));
    return settings;
  }

  /** Where mails and notices go; where they don't, their routes stand still. */
  private static void mail(Properties settings, Configuration configuration) {
    AlarmChannels channels = configuration.alarms();
    MailServer mail = channels.mail().orElse(MailServer.NONE);
    settings.setProperty("alarm.mail.host", mail.host());
    settings.setProperty("alarm.mail.port", Integer.toString(mail.port()));
    settings.setProperty("alarm.mail.to", String.join(",", mail.to()));
    settings.setProperty("alarm.mail.from", mail.from());
    List<String> off = new ArrayList<>(); // a switch in the route would be none by Camel's schema
    if (channels.mail().isEmpty()) {
      off.add("notice-by-mail");
    }
    if (configuration.feeds().stream().allMatch(feed -> feed.places().mailTo().isEmpty())) {
      off.add("mail-results");
    }
    if (channels.webhook().isEmpty()) {
      off.add("notice-by-webhook");
    }
    off.forEach(route -> exclude(settings, route));
  }

  /** Leaves a route out. */
  static void exclude(Properties settings, String route) {
    settings.merge(EXCLUDED, route, (before, more) -> before + "," + more);
  }

  /** A route has one time or another; where there is to be none, the bean does nothing. */
  private static String daily(Optional<LocalTime> time) {
    LocalTime at = time.orElse(LocalTime.MIDNIGHT);
    return "0 %d %d * * ?".formatted(at.getMinute(), at.getHour());
  }

  /**
   * Two components of one class: what is set on one only would be missed the day the URL changes.
   */
  private static void http(Properties settings, String component, Configuration configuration) {
    String prefix = "camel.component." + component + ".";
    // camel-http would send a POST again by itself on 429 and 503
    settings.setProperty(prefix + "automaticRetriesDisabled", "true");
    // a token must not follow a redirect
    settings.setProperty(prefix + "redirectHandlingDisabled", "true");
    settings.setProperty(prefix + "followRedirects", "false");
    settings.setProperty(prefix + "cookieManagementDisabled", "true");
    settings.setProperty(prefix + "authCachingDisabled", "true");
    // no decompression: an answer is read up to a limit, and that must be of bytes that came
    settings.setProperty(prefix + "contentCompressionDisabled", "true");
    settings.setProperty(prefix + "copyHeaders", "false");
    int connections = configuration.delivery().concurrency() + 1; // one for a login
    settings.setProperty(prefix + "connectionsPerRoute", Integer.toString(connections));
    settings.setProperty(prefix + "maxTotalConnections", Integer.toString(connections));
    long connect = configuration.onefile().timeouts().connect().toMillis();
    long answer = configuration.onefile().timeouts().answer().toMillis();
    settings.setProperty(prefix + "connectTimeout", Long.toString(connect));
    settings.setProperty(prefix + "connectionRequestTimeout", Long.toString(connect));
    settings.setProperty(prefix + "soTimeout", Long.toString(answer));
    settings.setProperty(prefix + "responseTimeout", Long.toString(answer));
  }
}
