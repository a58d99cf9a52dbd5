package uk.onefileroutes.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import uk.onefileroutes.simulator.People;
import uk.onefileroutes.simulator.Person;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;
import uk.onefileroutes.testing.TestSftpServer;

/**
 * What is around a process that lives long: the far side, an SFTP server, and five senders, by drop
 * folder and SFTP, in CSV, JSON and XLSX, with ids and with references. For one thread.
 */
final class SoakWorld implements AutoCloseable {
  static final String PASSWORD = "invented-password-of-a-soak";

  /** The centre in which references are looked up. */
  private static final int CENTRE = 12;

  private static final int OTHER_CENTRE = 13;
  private static final int IDS_EACH = 100_000;
  private static final int REMEMBERED_CALLS = 20_000;

  private final Path work;
  private final Path config;
  private final Load load;
  private final List<SoakSender> senders = new ArrayList<>();
  private final List<Person> people = new ArrayList<>();
  private final TestSftpServer sftp;
  private final Simulator onefile;

  /**
   * How much there is to do.
   *
   * @param rows in the files of the drop folder; the others have a fifth or two of it
   * @param every the time from one of them to the next; the others come at twice and six times it
   * @param answerWithin how long an answer may take
   * @param tokenLifetime how long a session with the far side lives
   */
  record Load(int rows, Duration every, Duration answerWithin, Duration tokenLifetime) {}

  private SoakWorld(Path folder, Load load) throws IOException {
    this.load = load;
    work = Files.createDirectories(folder.resolve("work"));
    config = Files.createDirectories(folder.resolve("config"));
    Files.createDirectories(config.resolve("feeds"));
    sftp = TestSftpServer.start();
    sftp.folder("outgoing");
    sftp.folder("answers");
    feeds();
    onefile =
        Simulator.start(
            SimulatorOptions.defaults()
                .withCallsPerMinute(0)
                .withRememberedCalls(REMEMBERED_CALLS)
                .withTokenLifetime(load.tokenLifetime())
                .withPeople(People.of(people)));
  }

  /**
   * Starts far side and SFTP server.
   *
   * @param folder an empty one
   */
  static SoakWorld start(Path folder, Load load) throws IOException {
    return new SoakWorld(folder, load);
  }

  private void feeds() throws IOException {
    Duration seldom = load.every().multipliedBy(6);
    int few = Math.max(1, load.rows() / 5);
    feed("inbox");
    feed("json");
    feed("xlsx");
    feed("names", "organisation-id=" + CENTRE);
    List<String> remote = new ArrayList<>(List.of("source=sftp", "sftp.directory=/outgoing"));
    remote.addAll(List.of("results=sftp", "results.directory=/answers"));
    remote.addAll(List.of("ready=rename", "poll=1s", "feed.snapshot=partial"));
    sftp.keys(config.resolve("known_hosts"))
        .forEach(
            (key, value) -> {
              if (!key.equals("sftp.password")) {
                remote.add(key + "=" + value);
              }
            });
    Path password = config.resolve("sftp-password");
    Files.writeString(password, TestSftpServer.PASSWORD);
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    remote.add("sftp.password-file=" + password);
    Files.write(config.resolve("feeds/partner.properties"), remote);

    sender("inbox", files("inbox", SoakFile.Format.CSV, false, load.rows()), load.every());
    sender("json", files("json", SoakFile.Format.JSON, false, few), seldom);
    sender("xlsx", files("xlsx", SoakFile.Format.XLSX, false, few), seldom);
    sender("names", files("names", SoakFile.Format.CSV, true, few), seldom);
    senders.add(
        new SoakSender(
            files("partner", SoakFile.Format.CSV, false, 2 * few),
            SoakSender.folders(sftp, "outgoing", "answers"),
            load.every().multipliedBy(2),
            load.answerWithin()));
  }

  private void feed(String name, String... further) throws IOException {
    List<String> keys = new ArrayList<>(List.of("source=directory", "directory=" + name));
    keys.addAll(List.of("results.directory=results-" + name, "ready=rename", "poll=1s"));
    keys.add("feed.snapshot=partial"); // each file is of other learners
    keys.addAll(List.of(further));
    Files.write(config.resolve("feeds").resolve(name + ".properties"), keys);
  }

  private SoakFiles files(String sender, SoakFile.Format format, boolean byReference, int rows) {
    int first = IDS_EACH * (senders.size() + 1) + 1;
    SoakFiles files = new SoakFiles(sender, format, first, byReference, rows);
    people.addAll(files.people(byReference ? CENTRE : OTHER_CENTRE));
    return files;
  }

  private void sender(String feed, SoakFiles files, Duration every) {
    SoakSender.Place place =
        SoakSender.folders(data().resolve(feed), data().resolve("results-" + feed));
    senders.add(new SoakSender(files, place, every, load.answerWithin()));
  }

  /** Both ports on, feeds as said; all else as shipped. */
  Bundle.Setup setup() {
    return Bundle.Setup.toRun(work, onefile.baseUrl())
        .withoutArchive()
        .with("MANAGEMENT_PASSWORD", PASSWORD);
  }

  Path config() {
    return config;
  }

  Path data() {
    return work.resolve("data");
  }

  TestSftpServer sftp() {
    return sftp;
  }

  Simulator onefile() {
    return onefile;
  }

  /** As {@link SoakSender#tick}, for all of them. */
  void tick(boolean isOpen, List<String> troubles) throws IOException {
    for (SoakSender sender : senders) {
      sender.tick(isOpen, troubles);
    }
  }

  boolean isAllAnswered() {
    return senders.stream().allMatch(SoakSender::isAnswered);
  }

  int files() {
    return senders.stream().mapToInt(SoakSender::answered).sum();
  }

  long rows() {
    return senders.stream().mapToLong(SoakSender::rows).sum();
  }

  /** How long the newest file of each sender took, on average. */
  double answerSeconds() {
    return senders.stream().mapToDouble(SoakSender::lastSeconds).average().orElse(0);
  }

  @Override
  public void close() throws IOException {
    onefile.close();
    sftp.close();
  }
}
