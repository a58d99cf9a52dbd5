package uk.onefileroutes.cli;

import java.util.ArrayList;
import java.util.List;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.dryrun.DryRunReport;
import uk.onefileroutes.dryrun.ExportDifference;
import uk.onefileroutes.management.Check.Finding;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.runtime.StartFailure;
import uk.onefileroutes.runtime.StoppedInstance;

/**
 * The verbs that need a whole configuration and no ledger yet, where no instance runs: parts of an
 * instance are started for each.
 *
 * @param account empty: there are no accounts
 */
record ByConfiguration(Folders folders, String account) implements Operations {

  /** The configuration of one account. */
  static Configuration of(Folders folders, String account) throws ConfigurationFault {
    return Configuration.readAll(folders).stream()
        .filter(each -> each.account().orElse("").equals(account))
        .findFirst()
        .orElseThrow(() -> new ConfigurationFault(List.of("There is no account " + account + ".")));
  }

  /** Looks at all accounts, by their names; at {@code ""} where there are none. */
  static List<Finding> checkAll(Folders folders, List<String> accounts) {
    List<Finding> findings = new ArrayList<>();
    try {
      List<Configuration> all = Configuration.readAll(folders);
      findings.add(Finding.ok(CheckCommand.CONFIGURATION, folders.config().toString()));
      for (Configuration each : all) {
        String account = each.account().orElse("");
        if (accounts.contains(account)) {
          StoppedInstance.check(each, PaceTime.system())
              .forEach(finding -> findings.add(CheckCommand.of(account, finding)));
        }
      }
    } catch (ConfigurationFault e) {
      e.faults().forEach(fault -> findings.add(Finding.notOk(CheckCommand.CONFIGURATION, fault)));
    }
    return findings;
  }

  @Override
  public DryRunReport plan(String file, String feed, PlanOutputs outputs) throws Refused {
    return by(
        configuration ->
            StoppedInstance.plan(configuration, PaceTime.system(), file, feed, outputs));
  }

  @Override
  public ExportDifference compare(String file, String against, String feed) throws Refused {
    return by(
        configuration ->
            StoppedInstance.compare(configuration, PaceTime.system(), file, against, feed));
  }

  /** What is done with a configuration. */
  @FunctionalInterface
  private interface Work<T> {
    T with(Configuration configuration) throws StartFailure;
  }

  private <T> T by(Work<T> work) throws Refused {
    try {
      return work.with(of(folders, account));
    } catch (ConfigurationFault e) {
      throw new Refused(Output.refusal(e));
    } catch (StartFailure e) {
      throw new Refused(Output.refusal(e));
    }
  }
}
