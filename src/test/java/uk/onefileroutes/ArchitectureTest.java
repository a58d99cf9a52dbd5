package uk.onefileroutes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.onefileroutes.assignment.RowState;
import uk.onefileroutes.keys.Keys;
import uk.onefileroutes.simulator.Simulator;

/** The arrows between the packages, and a few habits; each rule is shown to fail where it must. */
class ArchitectureTest {
  private static final String BASE = "uk.onefileroutes";
  private static final JavaClasses OURS =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  /** What each package may know, beside itself. */
  private static final Map<String, Set<String>> ARROWS = arrows();

  private static Map<String, Set<String>> arrows() {
    Map<String, Set<String>> arrows = new LinkedHashMap<>();
    arrows.put("assignment", Set.of());
    arrows.put("durable", Set.of());
    arrows.put("keys", Set.of());
    arrows.put("log", Set.of());
    arrows.put("pace", Set.of());
    arrows.put("simulator", Set.of());
    arrows.put("tls", Set.of());
    arrows.put("users", Set.of("keys"));
    arrows.put("onefile", Set.of("assignment", "pace"));
    arrows.put("ledger", Set.of("assignment", "durable"));
    arrows.put("stage", Set.of("ledger"));
    arrows.put("feed", Set.of("assignment", "keys", "ledger", "pace"));
    arrows.put("table", Set.of("assignment", "feed"));
    arrows.put("proposal", Set.of("assignment", "feed"));
    arrows.put("receive", Set.of("durable", "feed", "ledger", "log", "stage", "table"));
    arrows.put("sftp", Set.of("durable", "feed", "ledger", "receive", "table"));
    arrows.put("plan", Set.of("assignment", "feed", "ledger", "log", "onefile", "stage", "table"));
    arrows.put(
        "report", Set.of("assignment", "durable", "feed", "ledger", "log", "stage", "table"));
    arrows.put("delivery", Set.of("assignment", "ledger", "log", "onefile", "pace", "stage"));
    arrows.put("retention", Set.of("feed", "ledger", "table"));
    arrows.put("alarm", Set.of("assignment", "delivery", "feed", "ledger", "stage"));
    arrows.put(
        "config",
        Set.of(
            "alarm",
            "feed",
            "pace",
            "delivery",
            "onefile",
            "ledger",
            "keys",
            "retention",
            "tls",
            "users",
            "verification"));
    arrows.put("lookup", Set.of("delivery", "ledger", "onefile", "pace", "stage"));
    arrows.put(
        "dryrun", Set.of("assignment", "feed", "ledger", "plan", "receive", "report", "table"));
    arrows.put("derived", Set.of("assignment", "dryrun", "durable", "feed", "ledger"));
    arrows.put("proof", Set.of("assignment", "onefile"));
    arrows.put(
        "verification", Set.of("assignment", "delivery", "ledger", "onefile", "pace", "stage"));
    arrows.put(
        "management",
        Set.of(
            "alarm",
            "assignment",
            "delivery",
            "derived",
            "dryrun",
            "feed",
            "keys",
            "ledger",
            "pace",
            "retention",
            "stage",
            "users",
            "verification"));
    arrows.put("ports", Set.of("keys", "management", "tls", "users"));
    arrows.put(
        "runtime",
        Set.of(
            "alarm",
            "assignment",
            "config",
            "delivery",
            "derived",
            "lookup",
            "dryrun",
            "feed",
            "keys",
            "ledger",
            "management",
            "onefile",
            "pace",
            "plan",
            "ports",
            "proof",
            "proposal",
            "report",
            "retention",
            "receive",
            "sftp",
            "simulator",
            "stage",
            "table",
            "tls",
            "verification"));
    // pace: only the system's time; assignment: the words for states; verification, dryrun,
    // derived, proof: their reports; ports: the login and the path of the MBeans; users: a new line
    arrows.put(
        "cli",
        Set.of(
            "runtime",
            "config",
            "management",
            "ports",
            "simulator",
            "pace",
            "assignment",
            "tls",
            "users",
            "verification",
            "derived",
            "dryrun",
            "proof"));
    // what is shown is cleaned by one piece, wherever that is; any bean may take part in a route
    arrows.replaceAll((name, known) -> with(with(known, "shown"), "route"));
    arrows.put("shown", Set.of());
    arrows.put("route", Set.of());
    return arrows;
  }

  private static Set<String> with(Set<String> names, String another) {
    Set<String> more = new LinkedHashSet<>(names);
    more.add(another);
    return more;
  }

  static Stream<String> packages() {
    return ARROWS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageKnowsOnlyWhatItMay(String name) {
    mayKnow(BASE + "." + name, ARROWS.getOrDefault(name, Set.of())).check(OURS);
  }

  @Test
  void everyPackageHasItsArrows() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("src/main/java/uk/onefileroutes"))) {
      assertThat(folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
    }
  }

  @Test
  void noPackageIsPartOfACycle() {
    slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(OURS);
  }

  static Stream<Arguments> habits() {
    return Stream.of(
        Arguments.of(fewParameters(), ManyParameters.class),
        Arguments.of(noClockOfItsOwn(), OwnClock.class),
        Arguments.of(noClockOfItsOwn(), OldClock.class),
        Arguments.of(noClockOfItsOwn(), OldDate.class),
        Arguments.of(noStackTraces(), PrintsStackTrace.class),
        Arguments.of(noConsole(), Prints.class));
  }

  @ParameterizedTest
  @MethodSource("habits")
  void theHabitIsKeptAndItsBreachIsFound(ArchRule rule, Class<?> breach) {
    rule.check(OURS);
    assertThatThrownBy(() -> rule.check(new ClassFileImporter().importClasses(breach)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(breach.getSimpleName());
  }

  @Test
  void anArrowInTheWrongDirectionIsFound() {
    JavaClasses here = new ClassFileImporter().importClasses(KnowsThree.class);

    assertThatThrownBy(() -> mayKnow(BASE, Set.of("assignment", "keys")).check(here))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Simulator");
    mayKnow(BASE, Set.of("assignment", "keys", "simulator")).check(here);
  }

  @Test
  void aCycleIsFound() {
    JavaClasses here = new ClassFileImporter().importClasses(Hen.class, Egg.class);

    assertThatThrownBy(
            () ->
                slices()
                    .matching(BASE + ".ArchitectureTest$(*)")
                    .should()
                    .beFreeOfCycles()
                    .check(here))
        .isInstanceOf(AssertionError.class);
  }

  private static ArchRule mayKnow(String name, Set<String> others) {
    DescribedPredicate<JavaClass> foreign =
        DescribedPredicate.describe(
            "in a package that it may not know",
            other ->
                other.getPackageName().startsWith(BASE)
                    && !other.getPackageName().equals(name)
                    && others.stream()
                        .map(allowed -> BASE + "." + allowed)
                        .noneMatch(other.getPackageName()::equals));
    return noClasses()
        .that()
        .resideInAPackage(name)
        // the demo reads its own feeds and asks its own ledger
        .and()
        .doNotHaveFullyQualifiedName(BASE + ".cli.Demo")
        .should()
        .dependOnClassesThat(foreign);
  }

  private static ArchRule fewParameters() {
    return constructors()
        .that()
        .areDeclaredInClassesThat()
        .areNotRecords()
        .and()
        .areDeclaredInClassesThat()
        .areNotEnums()
        .should(
            new ArchCondition<>("have at most five parameters") {
              @Override
              public void check(JavaConstructor constructor, ConditionEvents events) {
                int parameters = constructor.getRawParameterTypes().size();
                events.add(
                    new SimpleConditionEvent(
                        constructor,
                        parameters <= 5,
                        constructor.getFullName() + " has " + parameters + " parameters"));
              }
            });
  }

  /** There is one time, and tests set it; the command line may look at the wall. */
  private static ArchRule noClockOfItsOwn() {
    return noClasses()
        .that()
        .haveNameNotMatching(".*\\.PaceTime(\\$.*)?")
        // Quartz's triggers live by the machine's clock and dates
        .and()
        .doNotHaveFullyQualifiedName(BASE + ".runtime.Triggers")
        .and(notIn(BASE + ".cli"))
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Date.class);
  }

  private static ArchRule noStackTraces() {
    return noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "it prints a stack trace", call -> call.getName().equals("printStackTrace")));
  }

  private static ArchRule noConsole() {
    return classes()
        .that(notIn(BASE + ".cli"))
        .should(
            new ArchCondition<>("leave System.out and System.err alone") {
              @Override
              public void check(JavaClass each, ConditionEvents events) {
                each.getFieldAccessesFromSelf().stream()
                    .filter(access -> access.getTargetOwner().isEquivalentTo(System.class))
                    .forEach(
                        access ->
                            events.add(
                                SimpleConditionEvent.violated(each, access.getDescription())));
              }
            });
  }

  private static DescribedPredicate<JavaClass> notIn(String name) {
    return DescribedPredicate.describe(
        "not in " + name, each -> !each.getPackageName().equals(name));
  }

  // --- what must be found ---

  record KnowsThree(RowState one, Keys two, Simulator three) {}

  static final class ManyParameters {
    final List<Object> all;

    ManyParameters(Object a, Object b, Object c, Object d, Object e, Object f) {
      all = List.of(a, b, c, d, e, f);
    }
  }

  static final class OwnClock {
    Instant time() {
      return Instant.now();
    }
  }

  static final class OldClock {
    long time() {
      return System.currentTimeMillis();
    }
  }

  @SuppressWarnings("JavaUtilDate") // that is what is found
  static final class OldDate {
    final Date date = new Date(0);
  }

  static final class PrintsStackTrace {
    void handle(Exception e) {
      e.printStackTrace();
    }
  }

  static final class Prints {
    void say(String text) {
      System.out.println(text);
    }
  }

  static final class Hen {
    Egg egg = new Egg();
  }

  static final class Egg {
    Hen hen = new Hen();
  }
}
