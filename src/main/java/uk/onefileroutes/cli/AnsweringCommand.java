package uk.onefileroutes.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import uk.onefileroutes.config.ConfigurationFault;
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

  /** However far below it this command is. */
  private MainCommand main() {
    return (MainCommand) spec.root().userObject();
  }
}
