package uk.onefileroutes.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Copies of the shipped routes with one thing broken in each. */
public final class BrokenRoutes {
  private static final Path SHIPPED = Path.of("routes");

  private BrokenRoutes() {}

  /**
   * One thing to break.
   *
   * @param file whose fault it is
   * @param shipped what stands there; replaced everywhere in the file
   * @param broken what stands there instead
   * @param said what the message must contain beside the file's name
   */
  public record Break(String name, String file, String shipped, String broken, String said) {

    /** A copy of all routes, with this broken. */
    public Path into(Path folder) {
      copyTo(folder);
      try {
        Path path = folder.resolve(file);
        String text = Files.readString(path);
        if (!text.contains(shipped)) {
          throw new IllegalStateException(file + " has no \"" + shipped + "\" to break");
        }
        Files.writeString(path, text.replace(shipped, broken));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return folder;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** What the check of the start finds by itself. */
  public static List<Break> foundByReading() {
    return List.of(
        new Break(
            "a misspelt option of an HTTP endpoint, which Camel would send to Onefile",
            "onefile.camel.yaml",
            "throwExceptionOnFailure:",
            "throwExceptionOnFailur:",
            "did you mean throwExceptionOnFailure?"),
        new Break(
            "a misspelt option of a timer",
            "plan.camel.yaml",
            "stateful:",
            "statefull:",
            "unknown option statefull of quartz"),
        new Break(
            "a misspelt option in a template",
            "receive.camel.yaml",
            "readLock:",
            "readLok:",
            "unknown option readLok of file"),
        new Break(
            "an unknown component",
            "plan.camel.yaml",
            "uri: quartz",
            "uri: quarz",
            "unknown component quarz"),
        new Break(
            "two routes of one id in one file",
            "report.camel.yaml",
            "id: report-file",
            "id: report-due",
            "the id is taken already by a route in report.camel.yaml"),
        new Break(
            "two routes of one id in two files",
            "report.camel.yaml",
            "id: report-due",
            "id: plan-next",
            "the id is taken already by a route in plan.camel.yaml"),
        new Break(
            "two route configurations of one id",
            "errors.camel.yaml",
            "id: plan-errors",
            "id: receive-errors",
            "the id is taken already"),
        new Break(
            "wrong indentation",
            "plan.camel.yaml",
            "      parameters:",
            "     parameters:",
            "line 10: expected <block end>"),
        new Break(
            "an unknown step",
            "deliver.camel.yaml",
            "- split:",
            "- spilt:",
            "Unknown node id: spilt"),
        new Break(
            "a route configuration that is not there",
            "plan.camel.yaml",
            "routeConfigurationId: tick-errors",
            "routeConfigurationId: tik-errors",
            "there is no routeConfiguration tik-errors"),
        new Break(
            "a call to a route that is not there",
            "deliver.camel.yaml",
            "direct:call-onefile",
            "direct:call-onefil",
            "no route starts from direct:call-onefil"),
        new Break(
            "a placeholder that nothing defines",
            "onefile.camel.yaml",
            "{{onefile.address}}",
            "{{onefile.adress}}",
            "nothing defines {{onefile.adress}}"));
  }

  /** What only building the routes finds. */
  public static List<Break> foundByBuilding() {
    return List.of(
        new Break(
            "a bean that is not there",
            "plan.camel.yaml",
            "ref: planner",
            "ref: planer",
            "No bean could be found in the registry for: planer"),
        new Break(
            "a bean that is not there, in a template",
            "receive.camel.yaml",
            "ref: intake",
            "ref: intak",
            "No bean could be found in the registry for: intak"));
  }

  /** A copy of all routes as shipped. */
  static Path copyTo(Path folder) {
    try (Stream<Path> files = Files.list(SHIPPED)) {
      Files.createDirectories(folder);
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }
}
