package uk.onefileroutes.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.apache.camel.api.management.ManagedOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.onefileroutes.users.Rights;
import uk.onefileroutes.users.Rights.Identity;
import uk.onefileroutes.users.Role;

/** Who may do what, over every verb and every operation. */
class PermissionsTest {
  private static final List<String> READING =
      List.of(
          "applied", "audit", "details", "held", "history", "leavers", "status", "verification");
  private static final List<String> DOING =
      List.of(
          "apply",
          "cancel",
          "check",
          "compare",
          "forget",
          "pause",
          "plan",
          "release",
          "resume",
          "retry",
          "testAlarms",
          "undo",
          "verify");
  private static final List<String> HARD = List.of("backup", "erase");

  private static final Map<Role, List<List<String>>> MAY =
      Map.of(
          Role.LOOK, List.of(READING),
          Role.OPERATE, List.of(READING, DOING),
          Role.APPROVE, List.of(READING, List.of("release")),
          Role.ADMINISTER, List.of(READING, DOING, HARD));

  private static Rights rights(Role... roles) {
    return new Rights(Set.of(roles), Identity.NAMED);
  }

  @Test
  void eachVerbIsInTheTable() {
    assertThat(Arrays.stream(Operations.class.getMethods()).map(Method::getName))
        .isNotEmpty()
        .allSatisfy(verb -> assertThat(Permissions.hasVerb(verb)).as(verb).isTrue());
  }

  @Test
  void eachOperationOfAnMBeanIsInTheTable() {
    Map<String, List<String>> operations =
        new ClassFileImporter()
            .importPath(Path.of("target/classes/uk/onefileroutes/management")).stream()
                .filter(each -> each.getSimpleName().endsWith("Control"))
                .collect(
                    Collectors.toMap(
                        each -> each.getSimpleName().replace("Control", ""),
                        PermissionsTest::operations,
                        (one, other) -> one,
                        TreeMap::new));
    operations.remove("Operations"); // its one operation is judged by its verb
    assertThat(operations).containsKeys("Files", "Pace", "Retention", "Verification");
    operations.forEach(
        (type, names) ->
            assertThat(names)
                .allSatisfy(
                    name ->
                        assertThat(Permissions.hasOperation(type, name))
                            .as(type + "." + name)
                            .isTrue()));
  }

  private static List<String> operations(JavaClass control) {
    return control.getMethods().stream()
        .filter(method -> method.isAnnotatedWith(ManagedOperation.class))
        .map(JavaMethod::getName)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void aRoleMayUseItsVerbsAndNoOthers(Role role) {
    assertThat(Permissions.verbsOf(rights(role)))
        .containsExactlyInAnyOrderElementsOf(MAY.get(role).stream().flatMap(List::stream).toList());
  }

  @Test
  void rolesAddUpAndNobodyMayNothing() {
    assertThat(Permissions.verbsOf(Rights.NONE)).isEmpty();
    assertThat(Permissions.verbsOf(rights(Role.APPROVE, Role.OPERATE)))
        .isEqualTo(Permissions.verbsOf(rights(Role.OPERATE)));
    assertThat(Permissions.verbsOf(Rights.ALL))
        .isEqualTo(Permissions.verbsOf(rights(Role.ADMINISTER)));
    assertThat(rights(Role.OPERATE).has(Role.APPROVE)).isFalse();
    assertThat(rights(Role.ADMINISTER).has(Role.APPROVE)).isTrue();
    assertThat(Rights.NONE.has(Role.LOOK)).isFalse();
  }

  @Test
  void anOperationNeedsWhatItsVerbNeedsAndAnUnknownOneAnAdministrator() throws Exception {
    assertThat(needed("onefile:type=Files", "releaseAdds(java.lang.String)", "7"))
        .containsExactlyInAnyOrder(Role.OPERATE, Role.APPROVE);
    assertThat(needed("onefile:type=Files,instance=\"other\"", "forgetAll"))
        .containsExactly(Role.OPERATE);
    assertThat(needed("onefile:type=Files", "details", "7")).containsExactly(Role.LOOK);
    assertThat(needed("onefile:type=Files", "backup()")).containsExactly(Role.ADMINISTER);
    assertThat(needed("onefile:type=Pace", "setPace", "9")).containsExactly(Role.OPERATE);
    assertThat(needed("onefile:type=Files", "noSuchThing")).containsExactly(Role.ADMINISTER);
    assertThat(needed("onefile:type=*", "details")).containsExactly(Role.ADMINISTER);

    assertThat(needed("onefile:type=Operations", "call", "status", "[]"))
        .containsExactly(Role.LOOK);
    assertThat(
            needed("onefile:type=Operations", "call(java.lang.String,java.lang.String)", "erase"))
        .containsExactly(Role.ADMINISTER);
    assertThat(needed("onefile:type=Operations", "call", "Status"))
        .containsExactly(Role.ADMINISTER);
    assertThat(needed("onefile:type=Operations", "call")).containsExactly(Role.ADMINISTER);
    assertThat(needed("onefile:type=Operations", "call", List.of("status")))
        .containsExactly(Role.ADMINISTER);

    assertThat(needed("org.apache.camel:type=context,name=x", "dumpRoutesAsXml()"))
        .containsExactly(Role.LOOK);
    assertThat(needed("org.apache.camel:type=context,name=x", "stop()"))
        .containsExactly(Role.ADMINISTER);
    assertThat(needed("java.lang:type=Memory", "gc")).containsExactly(Role.ADMINISTER);
  }

  @Test
  void aRefusalNamesTheRole() {
    assertThat(Permissions.refusal(Permissions.ofVerb("release"), "anna"))
        .isEqualTo("This needs the role operate or approve, which anna does not have.");
  }

  private static Set<Role> needed(String mbean, String operation, Object... arguments)
      throws Exception {
    return Permissions.ofOperation(new ObjectName(mbean), operation, List.of(arguments));
  }
}
