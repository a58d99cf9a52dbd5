package uk.onefileroutes.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.Role;
import uk.onefileroutes.onefile.Listing;
import uk.onefileroutes.onefile.OnefileCall;

/**
 * One proof, from the accounts to what follows. It changes assignments of the learner at Onefile,
 * and takes none of them back. Runs once, for one thread.
 */
public final class Proof {
  private static final String DEFAULT_ASSESSOR = "DefaultAssessorID";
  private static final String DEFAULT_EMPLOYER = "DefaultEmployerID";
  private static final int LEARNER = 1;
  private static final int ASSESSOR = 5;
  private static final Set<Integer> ASSESSORS = Set.of(4, ASSESSOR); // 4: trainees
  private static final Set<Integer> IQAS = Set.of(10);
  private static final long UNKNOWN_ID = Integer.MAX_VALUE;
  private static final List<Integer> PAGE_SIZES = List.of(50, 100, 500);

  private final Asking asking;
  private final Subject subject;
  private final Setup setup;
  private final InstantSource clock;
  private final Observed observed = new Observed();
  private final Assigning assigning;
  private Members learner = Members.NONE;

  /**
   * Where it is tried, and what the bundle goes by now.
   *
   * @param baseUrl of Onefile
   * @param organisation the centre that is searched where the learner's account names none; null:
   *     none
   */
  public record Setup(String baseUrl, @Nullable Integer organisation, Findings.Present present) {}

  /**
   * @param told each fact when it is found
   */
  public Proof(Subject subject, Setup setup, Road road, Consumer<Fact> told, InstantSource clock) {
    this.subject = subject;
    this.setup = setup;
    this.clock = clock;
    this.asking = new Asking(road, told);
    this.assigning = new Assigning(asking, subject, observed);
  }

  /** Tries everything; ends early, with what is known by then, where no call may leave. */
  public ProofReport run() {
    String at = clock.instant().toString();
    @Nullable String stopped = null;
    try {
      accounts();
      update();
      assigning.additional(setup.present.assigneeField());
      assigning.levels();
      assigning.repeats();
      unknownId();
      pages();
      archived();
      session();
    } catch (Stopped e) {
      stopped = String.valueOf(e.getMessage());
    }
    limits();
    return new ProofReport(
        setup.baseUrl,
        at,
        subject,
        asking.facts(),
        Findings.of(subject, observed, setup.present),
        stopped);
  }

  private void accounts() throws Stopped {
    learner = account("learner", subject.learner(), Set.of(LEARNER));
    Members unused = account("assessor", subject.assessor(), ASSESSORS);
    if (subject.iqa() != null) {
      Members unusedToo = account("IQA", subject.iqa(), IQAS);
    }
    if (!learner.isEmpty()) {
      asking.tell(
          "accounts",
          "verify %s read defaults back: the learner's account has %s."
              .formatted(
                  learner.has(DEFAULT_ASSESSOR) || learner.has(DEFAULT_EMPLOYER) ? "can" : "can't",
                  defaultsThere()));
    }
  }

  private String defaultsThere() {
    List<String> there =
        List.of(DEFAULT_ASSESSOR, DEFAULT_EMPLOYER).stream().filter(learner::has).toList();
    return there.isEmpty() ? "no member for them" : String.join(" and ", there);
  }

  private Members account(String who, long id, Set<Integer> roles) throws Stopped {
    OnefileCall call = asking.ask(OnefileCall.get("User/" + id));
    Seen seen = Seen.of(call);
    asking.tell("accounts", "The %s %d: %s.".formatted(who, id, seen.words()));
    if (seen.status() == 0) {
      throw new Stopped("Onefile does not answer. Nothing was sent; run it again later.");
    }
    Members account = seen.isYes() ? Members.of(call.text()) : Members.NONE;
    long role = account.number("Role");
    if (role != 0 && !roles.contains((int) role)) {
      throw new Stopped(
          "User %d has role %d at Onefile, which is not that of the %s. Nothing was sent."
              .formatted(id, role, who));
    }
    return account;
  }

  /** A default as it stands, sent back: what else changes? */
  private void update() throws Stopped {
    Role role = learner.number(DEFAULT_ASSESSOR) > 0 ? Role.ASSESSOR : Role.EMPLOYER;
    String member = role == Role.ASSESSOR ? DEFAULT_ASSESSOR : DEFAULT_EMPLOYER;
    long assignee = learner.number(member);
    if (assignee == 0) {
      asking.tell(
          "default", "Not tried: the learner's account names no default that could be sent back.");
      return;
    }
    Seen seen = asking.see(Assigning.defaultOf(subject.learner(), role, assignee));
    OnefileCall again = asking.ask(OnefileCall.get("User/" + subject.learner()));
    Members after = Seen.of(again).isYes() ? Members.of(again.text()) : learner;
    Set<String> others = new LinkedHashSet<>(learner.filled());
    others.removeAll(Set.of(member, "ID", "Role", "OrganisationID"));
    Members.Change change = learner.to(after);
    observed.update = new Observed.Update(member, seen, !others.isEmpty(), change);
    asking.tell(
        "default",
        "%s sent back as it stood: %s. The account read again: %s."
            .formatted(member, seen.words(), change.words()));
  }

  private void unknownId() throws Stopped {
    Seen read = asking.see(OnefileCall.get("User/" + UNKNOWN_ID));
    asking.tell(
        "unknown id", "Read an account that nobody should have: %s.".formatted(read.words()));
    if (read.isYes()) {
      asking.tell("unknown id", "Nothing was sent to it: it seems to exist.");
      return;
    }
    note(read);
    Seen sent = asking.see(Assigning.defaultOf(UNKNOWN_ID, Role.ASSESSOR, subject.assessor()));
    note(sent);
    asking.tell("unknown id", "As the learner of a default: %s.".formatted(sent.words()));
    Seen assigned = assigning.additionalOf(UNKNOWN_ID);
    note(assigned);
    observed.isUnknownAssigned = assigned.isYes();
    asking.tell("unknown id", "As the assignee of level 1: %s.".formatted(assigned.words()));
  }

  private void note(Seen seen) {
    if (seen.code() != null) {
      observed.codesOfOtherErrors.add(seen.code());
    }
  }

  private void pages() throws Stopped {
    long centre = centre();
    if (centre == 0) {
      asking.tell(
          "page size",
          "Not tried: neither the learner's account nor onefile.organisation-id names a centre.");
      return;
    }
    for (int size : PAGE_SIZES) {
      OnefileCall call = asking.ask(search(centre, LEARNER, size));
      Seen seen = Seen.of(call);
      int found =
          seen.isYes() ? Listing.of(seen.status(), call.text()).map(List::size).orElse(-1) : -1;
      observed.pages.add(new Observed.Page(size, found));
      asking.tell("page size", "A page of %d learners: %s.".formatted(size, seen.words()));
    }
  }

  private long centre() {
    long named = learner.number("OrganisationID");
    return named > 0 || setup.organisation == null ? named : setup.organisation;
  }

  private static OnefileCall search(long centre, int role, int size) {
    return OnefileCall.search(
        "User/Search/1/" + size, "{\"OrganisationID\":%d,\"Role\":%d}".formatted(centre, role));
  }

  /** Looks among the first assessors only: each page costs a call. */
  private void archived() throws Stopped {
    long centre = centre();
    if (centre == 0) {
      return;
    }
    OnefileCall call = asking.ask(search(centre, ASSESSOR, PAGE_SIZES.get(0)));
    Seen seen = Seen.of(call);
    List<JsonNode> accounts =
        seen.isYes() ? Listing.of(seen.status(), call.text()).orElse(List.of()) : List.of();
    long archived =
        accounts.stream()
            .filter(Listing::isArchived)
            .mapToLong(account -> account.path("ID").asLong())
            .filter(id -> id > 0 && id != subject.assessor())
            .findFirst()
            .orElse(0);
    if (archived == 0) {
      asking.tell(
          "archived",
          "Not tried: none of the first %d assessors is marked as archived."
              .formatted(accounts.size()));
      return;
    }
    Seen assigned = assigning.additionalOf(archived);
    observed.isArchivedAssigned = assigned.isYes();
    note(assigned);
    asking.tell(
        "archived",
        "Searches list archived accounts. One as the assignee of level 1: %s."
            .formatted(assigned.words()));
  }

  private void session() throws Stopped {
    Seen seen = asking.see(OnefileCall.withAlteredSession("User/" + subject.learner()));
    observed.session = seen;
    asking.tell(
        "session",
        "One that Onefile never gave, in place of one that is over: %s.".formatted(seen.words()));
  }

  private void limits() {
    if (asking.facts().isEmpty()) {
      return; // nothing was asked
    }
    String headers =
        asking.limits().entrySet().stream()
            .map(each -> each.getKey() + (each.getValue().isEmpty() ? "" : ": " + each.getValue()))
            .collect(Collectors.joining(", "));
    asking.tell(
        "rate",
        headers.isEmpty()
            ? "No answer had Retry-After or a header about a limit of calls."
            : "Headers about limits of calls: " + headers + ".");
  }
}
