package org.relayhub;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.function.RouterFunction;

/** Holds the package table of docs/architecture.md. */
@AnalyzeClasses(packages = "org.relayhub", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final int MOST_CLASSES_OF_A_PACKAGE = 14;

    /** Each package, and which others it may use. */
    private static final Map<String, Set<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("trace", Set.of()),
            Map.entry("message", Set.of("trace")),
            Map.entry("ticket", Set.of("message", "trace")),
            Map.entry("directory", Set.of("message")),
            Map.entry("delivery", Set.of("message", "directory", "trace")),
            Map.entry("business", Set.of("message", "directory", "delivery")),
            Map.entry("diagnosis", Set.of("message", "directory", "delivery")),
            Map.entry("security", Set.of("message", "directory")),
            Map.entry("spquality", Set.of("message", "directory", "ticket", "adapter", "timer")),
            Map.entry("timer", Set.of()),
            Map.entry("flow", Set.of("message", "directory", "ticket", "delivery", "business", "diagnosis")),
            Map.entry("adapter", Set.of("message", "directory", "delivery", "trace")),
            Map.entry("standalone", Set.of("message", "directory")),
            Map.entry(
                    "operations",
                    Set.of(
                            "message",
                            "directory",
                            "ticket",
                            "delivery",
                            "business",
                            "diagnosis",
                            "spquality",
                            "security",
                            "flow",
                            "adapter"))));

    @ArchTest
    static void each_package_uses_only_what_the_table_allows(JavaClasses hub) {
        MAY_USE.forEach((name, others) -> {
            String[] allowed = Stream.of(Stream.of(name), others.stream())
                    .flatMap(names -> names)
                    .map(other -> "org.relayhub." + other + "..")
                    .toArray(String[]::new);
            classes()
                    .that()
                    .resideInAPackage("org.relayhub." + name + "..")
                    .should()
                    .onlyDependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                            "are of " + String.join(", ", allowed) + " or of libraries",
                            type -> !type.getPackageName().startsWith("org.relayhub")
                                    || Stream.of(allowed)
                                            .anyMatch(pattern -> com.tngtech.archunit.core.domain.PackageMatcher.of(
                                                            pattern)
                                                    .matches(type.getPackageName()))))
                    .check(hub);
        });
    }

    @ArchTest
    static void every_package_is_in_the_table(JavaClasses hub) {
        assertThat(hub.stream()
                        .map(type -> type.getPackageName().replaceFirst("^org\\.relayhub\\.?", ""))
                        .map(name -> name.replaceFirst("\\..*", ""))
                        .filter(name -> !name.isEmpty()))
                .isSubsetOf(MAY_USE.keySet());
    }

    @ArchTest
    static final ArchRule there_are_no_cycles =
            slices().matching("org.relayhub.(**)").should().beFreeOfCycles();

    /** RightsMatrixTest asks the operations' side of a hub what it answers at, and has a stand-in for these servlets. */
    @ArchTest
    static void what_answers_over_HTTP_is_where_the_table_of_rights_sees_it(JavaClasses hub) {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.relayhub.operations..")
                .should()
                .beMetaAnnotatedWith(Controller.class)
                .orShould()
                .beMetaAnnotatedWith(RequestMapping.class)
                .check(hub);
        assertThat(hub.stream()
                        .filter(type -> type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(uses -> uses.getTargetClass().isAssignableTo(ServletRegistrationBean.class)
                                        || uses.getTargetClass().isAssignableTo(RouterFunction.class)))
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder("AdapterConfiguration", "SimulationConfiguration");
    }

    @ArchTest
    static final ArchRule no_class_is_named_for_nothing =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Common)");

    @ArchTest
    static void no_package_holds_more_than_its_concern(JavaClasses hub) {
        Map<String, Long> sizes = new TreeMap<>();
        hub.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .forEach(type -> sizes.merge(type.getPackageName(), 1L, Long::sum));
        assertThat(sizes)
                .allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MOST_CLASSES_OF_A_PACKAGE));
    }
}
