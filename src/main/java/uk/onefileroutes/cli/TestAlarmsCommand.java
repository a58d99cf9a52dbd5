package uk.onefileroutes.cli;

import picocli.CommandLine.Command;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Refused;

/** {@code test-alarms}: a test notice by each channel. */
@Command(
    name = "test-alarms",
    mixinStandardHelpOptions = true,
    description = {
      "Has the running instance send a test notice by mail and webhook, as far as they are configured.",
      "Whether it was delivered, the log says, and Channels of the MBean onefile:type=Alarms."
    })
final class TestAlarmsCommand extends OperationsCommand {
  @Override
  Answer ask(Operations operations) throws Refused {
    return Answer.of(operations.testAlarms());
  }
}
