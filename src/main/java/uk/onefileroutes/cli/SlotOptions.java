package uk.onefileroutes.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.onefileroutes.management.Operations.SlotChoice;

/** Whose slots a command is about: at most one of them. */
class SlotOptions {
  @Parameters(
      paramLabel = "FILE",
      description = "What this file names; its number or name, as status shows them.")
  private @Nullable String file;

  @Option(
      names = "--learner",
      paramLabel = "ID",
      description = "What is known of this learner; the Onefile id.")
  private @Nullable String learner;

  /** The slots that they choose. */
  SlotChoice choice() {
    return new SlotChoice(file, learner);
  }

  /** The file that they choose; null: none. */
  @Nullable String file() {
    return file;
  }
}
