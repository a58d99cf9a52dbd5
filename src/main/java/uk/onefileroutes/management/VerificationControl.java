package uk.onefileroutes.management;

import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import uk.onefileroutes.ledger.ActionRefused;
import uk.onefileroutes.management.AuditTrail.AuditEntry;
import uk.onefileroutes.management.AuditTrail.Outcome;
import uk.onefileroutes.management.Operations.SlotChoice;
import uk.onefileroutes.verification.Verification;

/** The MBean {@code onefile:type=Verification}. Thread-safe. */
@ManagedResource(
    description =
        "Compares defaults and levels 3 and 2 of the ledger with what Onefile says, and levels only"
            + " where its answers name who is assigned")
public final class VerificationControl {
  private final Verification verification;
  private final Operations operations;
  private final AuditTrail trail;

  public VerificationControl(Verification verification, Operations operations, AuditTrail trail) {
    this.verification = verification;
    this.operations = operations;
    this.trail = trail;
  }

  @ManagedAttribute(description = "none, running, done or stopped")
  public String getState() {
    return verification.report().run().state();
  }

  @ManagedAttribute(
      description = "Learners that it reads, a call each for defaults, aims and units")
  public long getLearners() {
    return verification.report().amount().learners();
  }

  @ManagedAttribute(description = "Learners read so far")
  public long getLearnersRead() {
    return verification.report().tally().learnersRead();
  }

  @ManagedAttribute(description = "Slots found that are not as the ledger says")
  public long getDrifted() {
    return verification.report().tally().drifted();
  }

  @ManagedAttribute(description = "How it stands, or how the last one ended, as JSON")
  public String getReport() {
    return Jmx.json(operations::verification);
  }

  @ManagedOperation(
      description = "Begins to compare what a file's rows ask for; by its number or name")
  public String verify(String file) {
    return Jmx.sentence(() -> operations.verify(SlotChoice.file(file)));
  }

  @ManagedOperation(description = "Begins to compare the slots of a learner; by the Onefile id")
  public String verifyLearner(String learner) {
    return Jmx.sentence(() -> operations.verify(SlotChoice.learner(learner)));
  }

  @ManagedOperation(
      description =
          "Begins to compare all slots: up to three calls for each learner, more where lists are"
              + " long, behind all requests")
  public String verifyAll() {
    return Jmx.sentence(() -> operations.verify(SlotChoice.ALL));
  }

  @ManagedOperation(
      description =
          "What the ledger says of the defaults of the next learners behind this one, at most a"
              + " thousand; 0 for the first. As JSON")
  public String held(String after) {
    return Jmx.json(() -> operations.held(Jmx.number(after, "the id of a learner")));
  }

  @ManagedOperation(description = "Ends the comparison where it is")
  public String stop() {
    return Jmx.kept(
        trail,
        new AuditEntry("stop-verify", "the verification", getState()),
        () -> {
          if (!verification.stop()) {
            throw new ActionRefused("No verification runs.");
          }
          return Outcome.of("stopped the verification", getState());
        });
  }
}
