package uk.onefileroutes.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import uk.onefileroutes.config.Configuration;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.ConfigurationParts;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.runtime.StartFailure;
import uk.onefileroutes.shown.Causes;

/** A command that answers, or says why it does not: as text, or as JSON. */
abstract class AnsweringCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Does what the command is for. */
  abstract Answer answer()
      throws Refused, ConfigurationFault, StartFailure, IOException, InterruptedException;

  @Override
  public Integer call() {
    Logging.onlyWarnings();
    try {
      Answer answer = answer();
      output().show(answer);
      return answer.exitCode();
    } catch (Refused e) {
      return output().refuse(e.refusal());
    } catch (ConfigurationFault e) {
      return output().refuse(Output.refusal(e));
    } catch (StartFailure e) {
      return output().refuse(Output.refusal(e));
    } catch (IOException e) {
      return output().refuse(new Refusal(Code.FAILED, Causes.words(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return output().refuse(new Refusal(Code.FAILED, "Interrupted."));
    }
  }

  final Output output() {
    return main().output();
  }

  final Folders folders() {
    return main().folders();
  }

  /**
   * The account that is meant: the one that was named, or the only one; without a name where there
   * are no accounts, and empty where there are several and none was named.
   */
  final Optional<String> account() throws Refused, ConfigurationFault {
    List<String> accounts = ConfigurationParts.accounts(folders());
    String named = main().account();
    if (named != null && accounts.isEmpty()) {
      throw new Refused(new Refusal(Code.USAGE, "There are no accounts.", "Leave --account out."));
    }
    if (named != null && !accounts.contains(named)) {
      throw new Refused(
          Code.USAGE,
          "There is no account %s. There are: %s.".formatted(named, String.join(", ", accounts)));
    }
    if (named != null || accounts.size() == 1) {
      return Optional.of(named == null ? accounts.get(0) : named);
    }
    return accounts.isEmpty() ? Optional.of("") : Optional.empty();
  }

  /** The configuration of the account that is meant. */
  final Configuration configuration() throws Refused, ConfigurationFault {
    Optional<String> account = account();
    if (account.isEmpty()) {
      throw new Refused(Code.USAGE, whichAccount());
    }
    return ByConfiguration.of(folders(), account.get());
  }

  final String whichAccount() throws ConfigurationFault {
    return ConfigurationParts.whichAccount(folders());
  }

  /** However far below it this command is. */
  private MainCommand main() {
    return (MainCommand) spec.root().userObject();
  }
}
