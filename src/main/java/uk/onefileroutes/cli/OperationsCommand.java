package uk.onefileroutes.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.ConfigurationParts;
import uk.onefileroutes.management.Operations;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refusal.Code;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.pace.PaceTime;
import uk.onefileroutes.runtime.StartFailure;
import uk.onefileroutes.runtime.StoppedInstance;

/** A command that asks the running instance, or the ledger where none runs. */
abstract class OperationsCommand extends AnsweringCommand {

  /** Asks and tells. */
  abstract Answer ask(Operations operations)
      throws Refused, ConfigurationFault, StartFailure, IOException, InterruptedException;

  /**
   * Whether it is about the ledger as a whole, so that it doesn't matter which account is asked.
   */
  boolean isOfLedger() {
    return false;
  }

  /** The file whose account is meant where none is named; null: it does not go by a file. */
  @Nullable String fileMeant() {
    return null;
  }

  /** The account that the command line means; empty: it does not say. */
  Optional<String> accountMeant() throws Refused, ConfigurationFault {
    return account();
  }

  /** Asks and tells where there are several accounts, none is named and no file says which. */
  Answer askAll(Map<String, Operations> accounts)
      throws Refused, ConfigurationFault, StartFailure, IOException, InterruptedException {
    throw new Refused(Code.USAGE, whichAccount());
  }

  @Override
  final Answer answer()
      throws Refused, ConfigurationFault, StartFailure, IOException, InterruptedException {
    Optional<String> account = accountMeant();
    if (account.isEmpty()) {
      return answerOf(ConfigurationParts.accounts(folders()));
    }
    Optional<Operations> running = RunningInstance.find(folders(), account.get());
    return running.isPresent() ? ask(running.get()) : askAlone(account.get());
  }

  private Answer answerOf(List<String> names)
      throws Refused, ConfigurationFault, StartFailure, IOException, InterruptedException {
    Map<String, Operations> accounts = new LinkedHashMap<>();
    for (String name : names) {
      RunningInstance.find(folders(), name).ifPresent(running -> accounts.put(name, running));
    }
    if (!accounts.isEmpty()) {
      return answerOf(accounts);
    }
    String file = fileMeant();
    String account;
    try (StoppedInstance stopped = open(names.get(0))) {
      names.forEach(name -> accounts.put(name, stopped.operations(name)));
      if (file == null || isOfLedger()) {
        return answerOf(accounts);
      }
      account = having(file, accounts);
    }
    return askAlone(account);
  }

  private Answer answerOf(Map<String, Operations> accounts)
      throws Refused, ConfigurationFault, StartFailure, IOException, InterruptedException {
    if (isOfLedger()) {
      return ask(accounts.values().iterator().next());
    }
    String file = fileMeant();
    return file == null
        ? askAll(accounts)
        : ask(Objects.requireNonNull(accounts.get(having(file, accounts))));
  }

  private static String having(String file, Map<String, Operations> accounts) throws Refused {
    List<String> having = new ArrayList<>();
    for (Map.Entry<String, Operations> account : accounts.entrySet()) {
      try {
        account.getValue().details(file);
        having.add(account.getKey());
      } catch (Refused e) {
        if (e.refusal().code() != Code.NOT_FOUND) {
          throw e;
        }
      }
    }
    if (having.isEmpty()) {
      throw new Refused(
          Code.NOT_FOUND, "No account has a file of the number or the name %s.".formatted(file));
    }
    if (having.size() > 1) {
      throw new Refused(
          new Refusal(
              Code.USAGE,
              "The accounts %s have files of the name %s."
                  .formatted(String.join(" and ", having), file),
              "Give its number, or the account with --account."));
    }
    return having.get(0);
  }

  /** Waits until it is time to ask again; Ctrl+C ends the process meanwhile. */
  static void waitFor(Duration time) throws InterruptedException {
    boolean unused = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Where no instance runs.
   *
   * @param account empty: there are no accounts
   */
  Answer askAlone(String account)
      throws Refused, ConfigurationFault, StartFailure, IOException, InterruptedException {
    try (StoppedInstance stopped = open(account)) {
      return ask(stopped.operations(account));
    }
  }

  private StoppedInstance open(String account) throws Refused, ConfigurationFault {
    try {
      return StoppedInstance.open(
          ConfigurationParts.ledger(folders()),
          folders().data(),
          account,
          PaceTime.system(),
          new StoppedInstance.Keep(
              ConfigurationParts.backup(folders()), ConfigurationParts.zone(folders())));
    } catch (StartFailure e) {
      throw new Refused(
          new Refusal(
              Refusal.Code.FAILED,
              "Nothing answers on the management port, and " + e.getMessage()));
    }
  }
}
