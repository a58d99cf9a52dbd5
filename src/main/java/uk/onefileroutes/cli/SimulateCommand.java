package uk.onefileroutes.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.runtime.Rehearsal;
import uk.onefileroutes.shown.Causes;
import uk.onefileroutes.simulator.Fault;
import uk.onefileroutes.simulator.FaultSpec;
import uk.onefileroutes.simulator.People;
import uk.onefileroutes.simulator.Simulator;
import uk.onefileroutes.simulator.SimulatorOptions;
import uk.onefileroutes.simulator.VariantSpec;

/** {@code simulate}: the Onefile API on the loopback. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Plays the Onefile API on 127.0.0.1, strictly: it refuses what Onefile would refuse.",
      "GET /__state shows what is assigned, GET /__calls every call."
    })
final class SimulateCommand extends AnsweringCommand {
  @Option(
      names = "--port",
      defaultValue = "8090",
      description = "Port; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--token",
      defaultValue = SimulatorOptions.DEFAULT_CUSTOMER_TOKEN,
      description = "The customer token that it accepts. Default: ${DEFAULT-VALUE}.")
  private String token = SimulatorOptions.DEFAULT_CUSTOMER_TOKEN;

  @Option(
      names = "--calls-per-minute",
      paramLabel = "N",
      defaultValue = "300",
      description = "Calls it admits in any 60 s; 0 for all. Default: ${DEFAULT-VALUE}.")
  private int callsPerMinute;

  @Option(
      names = "--people",
      paramLabel = "FILE",
      description =
          "Who exists (JSON); by default every id does, with the role that the call needs.")
  private @Nullable Path people;

  @Option(
      names = "--people-from",
      paramLabel = "FILE",
      description =
          "Who exists: those whom this assignment file names, by id, MIS value or e-mail address, in"
              + " the roles of its rows; and the standards and units that it names.")
  private @Nullable Path peopleFrom;

  @Option(
      names = "--feed",
      paramLabel = "NAME",
      description =
          "With --people-from: by whose keys. Default: the only feed, or the only one that wants the name.")
  private String feed = "";

  @Option(
      names = "--fault",
      paramLabel = "SPEC",
      description = {
        "What goes wrong, such as \"500 every 7\" or \"503 for 30s\"; may be given again: the first"
            + " that answers decides.",
        FaultSpec.FORMS
      })
  private List<String> faults = new ArrayList<>();

  @Option(
      names = "--variant",
      paramLabel = "SPEC",
      description = {
        "How it answers what Onefile's guide leaves open, such as \"path-user learner\"; may be given"
            + " again.",
        VariantSpec.FORMS
      })
  private List<String> variants = new ArrayList<>();

  /** Where it is, and the token that it accepts; whom it made of a file, where it made any. */
  private record Simulating(String baseUrl, String customerToken, @Nullable Made made) {}

  private record Made(Map<String, Integer> counts, long unusable) {}

  @Override
  Answer answer() throws Refused, ConfigurationFault, InterruptedException {
    if (people != null && peopleFrom != null) {
      throw new Refused(Code.USAGE, "--people and --people-from both say who exists; give one.");
    }
    if (peopleFrom == null && !feed.isEmpty()) {
      throw new Refused(
          Code.USAGE, "--feed says how --people-from is read; give --people-from FILE too.");
    }
    Rehearsal rehearsal = peopleFrom == null ? null : rehearsal(peopleFrom);
    try {
      List<Fault> armed = faults.stream().map(FaultSpec::parse).toList();
      SimulatorOptions options =
          SimulatorOptions.defaults()
              .withPort(port)
              .withCustomerToken(token)
              .withCallsPerMinute(callsPerMinute);
      for (String variant : variants) {
        options = VariantSpec.apply(options, variant);
      }
      if (rehearsal != null) {
        options = options.withPeople(rehearsal.people());
      } else if (people != null) {
        options = options.withPeople(People.read(people));
      }
      Simulator simulator = Simulator.startHostile(options);
      armed.forEach(simulator.faults()::add);
      output()
          .show(
              new Answer(
                  new Simulating(
                      simulator.baseUrl(),
                      token,
                      rehearsal == null ? null : new Made(rehearsal.made(), rehearsal.unusable())),
                  "Simulating Onefile at %s, customer token %s%s"
                      .formatted(
                          simulator.baseUrl(),
                          token,
                          rehearsal == null ? "" : System.lineSeparator() + rehearsal.sentence()),
                  ExitCode.DONE));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(simulator), "shutdown"));
      new CountDownLatch(1).await();
      return Answer.printed(ExitCode.DONE);
    } catch (IOException e) {
      throw new Refused(Code.FAILED, "Can't simulate on port " + port + ": " + Causes.words(e));
    } catch (IllegalArgumentException e) {
      throw new Refused(Code.USAGE, "Can't simulate: " + e.getMessage());
    }
  }

  private Rehearsal rehearsal(Path file) throws Refused, ConfigurationFault {
    try {
      return Rehearsal.of(folders(), feed, file);
    } catch (IOException e) {
      throw new Refused(Code.FAILED, "The file can't be read: " + Causes.words(e));
    }
  }

  private static void end(Simulator simulator) {
    simulator.close();
    Runtime.getRuntime().halt(ExitCode.DONE);
  }
}
