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
 */
record ByConfiguration(Folders folders) implements Operations {
  @Override
  public List<Finding> check() {
    List<Finding> findings = new ArrayList<>();
    try {
      Configuration configuration = Configuration.read(folders);
      findings.add(Finding.ok(CheckCommand.CONFIGURATION, folders.config().toString()));
      findings.addAll(StoppedInstance.check(configuration, PaceTime.system()));
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
      return work.with(Configuration.read(folders));
    } catch (ConfigurationFault e) {
      throw new Refused(Output.refusal(e));
    } catch (StartFailure e) {
      throw new Refused(Output.refusal(e));
    }
  }
}
