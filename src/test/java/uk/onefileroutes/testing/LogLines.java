package uk.onefileroutes.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What is logged while it is open, whoever logs it, and what it is about. Thread-safe. */
public final class LogLines implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Collector collector = new Collector();

  private LogLines() {}

  public static LogLines open() {
    LogLines lines = new LogLines();
    lines.collector.start();
    context().getConfiguration().getRootLogger().addAppender(lines.collector, null, null);
    context().updateLoggers();
    return lines;
  }

  /** The lines that hold all of these words. */
  public List<String> with(String... words) {
    return lines.stream().filter(line -> List.of(words).stream().allMatch(line::contains)).toList();
  }

  @Override
  public void close() {
    context().getConfiguration().getRootLogger().removeAppender(collector.getName());
    context().updateLoggers();
    collector.stop();
  }

  private static LoggerContext context() {
    return (LoggerContext) LogManager.getContext(false);
  }

  private final class Collector extends AbstractAppender {
    Collector() {
      super("lines-" + System.nanoTime(), null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      StringBuilder line = new StringBuilder(event.getMessage().getFormattedMessage());
      for (Throwable e = event.getThrown(); e != null; e = e.getCause()) {
        line.append(" | ").append(e);
      }
      if (!event.getContextData().isEmpty()) {
        line.append(' ').append(event.getContextData());
      }
      lines.add(event.getLevel() + " " + line);
    }
  }
}
