package uk.onefileroutes.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One way to do the job, as a process of its own: it says "Started: ", takes {@link Benchmark#FILE}
 * from data/inbox of its folder, and has done the job when {@code done} is there.
 *
 * @param name as the table has it
 * @param command starts it in its folder
 * @param done relative to its folder
 * @param settings of its environment
 */
record Contender(String name, List<String> command, String done, Map<String, String> settings) {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** The packaged bundle; its files are {@link #prepare}d. */
  static Contender bundle(Path jar, String baseUrl) {
    return new Contender(
        "this bundle",
        List.of(
            JAVA,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-Xms64m",
            "-Xmn24m",
            "-jar",
            jar.toString(),
            "run"),
        "data/results/" + Benchmark.FILE.replace(".csv", ".results.csv"),
        Map.of(
            "ONEFILE_BASE_URL", baseUrl,
            "ONEFILE_CUSTOMER_TOKEN", "benchmark",
            "DELIVERY_CALLS_PER_MINUTE", "unlimited",
            "DELIVERY_CONCURRENCY", "16",
            "DELIVERY_CLOSED_DAILY_RELEASE", "never",
            "MANAGEMENT_PORT", "off",
            "CONSOLE_PORT", "off"));
  }

  /** The same by the start script of an installation, with another command of it. */
  Contender installed(Path home, String verb) {
    return new Contender(name, List.of(home.resolve("start.sh").toString(), verb), done, settings);
  }

  /** The same with other settings beside or in place of its own. */
  Contender with(Map<String, String> others) {
    Map<String, String> all = new TreeMap<>(settings);
    all.putAll(others);
    return new Contender(name, command, done, all);
  }

  static Contender tutorial(Path folder, String baseUrl) {
    return program(
        "Camel as in tutorials", TutorialRoute.class, List.of(folder.toString(), baseUrl));
  }

  static Contender split(Path folder) {
    return program(
        "a plain streaming split",
        TutorialRoute.class,
        List.of(folder.toString(), "http:none", "split"));
  }

  static Contender loop(Path folder, String baseUrl) {
    return program("JDK HttpClient loop", BareLoop.class, List.of(folder.toString(), baseUrl));
  }

  private static Contender program(String name, Class<?> program, List<String> arguments) {
    List<String> command =
        new ArrayList<>(List.of(JAVA, "-Xmx256m", "-cp", classPath(), program.getName()));
    command.addAll(arguments);
    return new Contender(name, command, "data/done/" + Benchmark.FILE, Map.of());
  }

  /** Of this process, from any folder. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** A folder with a feed that takes what is renamed into place, at once. */
  static void prepare(Path folder) throws IOException {
    Path feeds = Files.createDirectories(folder.resolve("config/feeds"));
    Files.createDirectories(folder.resolve("data/inbox"));
    Files.writeString(folder.resolve("config/application.properties"), "");
    Files.writeString(
        feeds.resolve("inbox.properties"),
        """
        source=directory
        directory=inbox
        results.directory=results
        ready=rename
        poll=100ms
        feed.snapshot=partial
        """);
  }

  ProcessBuilder builder(Path folder) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile());
    Map<String, String> environment = new TreeMap<>(settings);
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.matches("(ONEFILE|DELIVERY|LEDGER|REPORT|MANAGEMENT|CONSOLE)_.*"));
    builder.environment().putAll(environment);
    return builder;
  }
}
