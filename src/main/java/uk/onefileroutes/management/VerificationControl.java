package uk.onefileroutes.management;

import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.ledger.FileActions;
import uk.onefileroutes.ledger.SlotsOf;
import uk.onefileroutes.management.Journal.Deed;
import uk.onefileroutes.management.Journal.Done;
import uk.onefileroutes.verification.Verification;

/** The MBean {@code onefile:type=Verification}. Thread-safe. */
@ManagedResource(
    description =
        "Compares the default assessors and employers of the ledger with those at Onefile")
public final class VerificationControl {
  private final Verification verification;
  private final FileActions actions;
  private final Journal journal;

  public VerificationControl(Verification verification, FileActions actions, Journal journal) {
    this.verification = verification;
    this.actions = actions;
    this.journal = journal;
  }

  @ManagedAttribute(description = "none, running, done or stopped")
  public String getState() {
    return verification.report().state();
  }

  @ManagedAttribute(description = "Learners that it reads, one call each")
  public long getLearners() {
    return verification.report().learners();
  }

  @ManagedAttribute(description = "Learners read so far")
  public long getLearnersRead() {
    return verification.report().learnersRead();
  }

  @ManagedAttribute(description = "Slots found that are not as the ledger says")
  public long getDrifted() {
    return verification.report().drifted();
  }

  @ManagedAttribute(description = "How it stands, or how the last one ended, as JSON")
  public String getReport() {
    return DeliveryControl.json(verification.report());
  }

  @ManagedOperation(
      description = "Begins to compare what a file's rows ask for; by its number or name")
  public String verify(String file) {
    return FilesControl.asked(() -> started(SlotsOf.file(actions.find(file).no())));
  }

  @ManagedOperation(description = "Begins to compare the defaults of a learner; by the Onefile id")
  public String verifyLearner(String learner) {
    return FilesControl.asked(() -> started(SlotsOf.learner(OnefileId.of(learner))));
  }

  @ManagedOperation(
      description = "Begins to compare all defaults: a call for each learner, behind all requests")
  public String verifyAll() {
    return FilesControl.asked(() -> started(SlotsOf.all()));
  }

  @ManagedOperation(description = "Ends the comparison where it is")
  public String stop() {
    return FilesControl.asked(
        () ->
            journal.keep(
                new Deed("stop-verify", "the verification", getState()),
                () -> {
                  if (!verification.stop()) {
                    throw new ActionRefused("No verification runs.");
                  }
                  return new Done("stopped the verification", getState());
                }));
  }

  private String started(SlotsOf which) throws ActionRefused {
    return journal.keep(
        new Deed("verify", ("slots " + which).strip(), getState()),
        () -> {
          long learners = verification.start(which);
          return new Done(
              "began to verify the slots %s: %d learners, one call each".formatted(which, learners),
              getState());
        });
  }
}
