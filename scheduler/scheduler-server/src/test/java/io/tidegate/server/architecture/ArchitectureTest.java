package io.tidegate.server.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the whole of Tidegate keeps to: who may know whom, no circles, and no clock but the one that is given. */
final class ArchitectureTest {
    private static final Path ROOT =
            Path.of(System.getProperty("user.dir")).resolve("../..").normalize();
    private static final List<String> MODULES = List.of(
            "dag-definitions/dag-model",
            "dag-definitions/dag-conditions",
            "dag-definitions/dag-parser",
            "dag-definitions/step-library",
            "dag-definitions/examples",
            "executors/executor-api",
            "executors/executor-process",
            "executors/executor-spark",
            "executors/storage-hadoop",
            "executors/executor-kubernetes",
            "scheduler/scheduler-core",
            "scheduler/scheduler-store",
            "scheduler/scheduler-clock",
            "scheduler/scheduler-alerts",
            "scheduler/scheduler-server");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(MODULES.stream()
                    .map(module -> ROOT.resolve(module).resolve("target/classes"))
                    .toList());

    @Test
    void everyModuleIsLookedAt() {
        for (String module : MODULES) {
            assertThat(ROOT.resolve(module).resolve("target/classes")).isDirectory();
        }
        assertThat(CLASSES.size()).isGreaterThan(300);
    }

    @Test
    void theModelKnowsNothingElseOfOurs() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tidegate.dag..")
                .and(areNot("io.tidegate.dag.parser"))
                .should()
                .dependOnClassesThat(ours("io.tidegate.dag")));
    }

    @Test
    void conditionsKnowTheModelOnlyAndKeepTheirLanguageToThemselves() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tidegate.condition..")
                .should()
                .dependOnClassesThat(ours("io.tidegate.dag", "io.tidegate.condition")));
        check(noClasses()
                .that()
                .resideInAPackage("io.tidegate.condition..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tidegate.dag.parser.."));
        check(noClasses()
                .that()
                .resideInAPackage("io.tidegate..")
                .and(areNot("io.tidegate.condition"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.cel.."));
    }

    @Test
    void executorsKnowTheModelAndTheirFaceOnly() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tidegate.executor..")
                .should()
                .dependOnClassesThat(ours("io.tidegate.dag", "io.tidegate.condition", "io.tidegate.executor")));
        check(noClasses()
                .that()
                .resideInAPackage("io.tidegate.executor..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tidegate.dag.parser.."));
    }

    @Test
    void hadoopStaysWhereItIs() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tidegate..")
                .and(areNot("io.tidegate.storage.hadoop", "io.tidegate.executor.spark", "io.tidegate.steps"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hadoop.."));
        check(noClasses()
                .that()
                .resideInAPackage("io.tidegate.storage..")
                .should()
                .dependOnClassesThat(ours("io.tidegate.dag", "io.tidegate.executor", "io.tidegate.storage")));
        check(noClasses()
                .that()
                .resideInAPackage("io.tidegate.storage..")
                .and(areNot("io.tidegate.storage.hadoop"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tidegate.storage.hadoop.."));
        check(noClasses()
                .that()
                .resideInAnyPackage("io.tidegate.scheduler..", "io.tidegate.store..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tidegate.storage.."));
    }

    @Test
    void theCoreDoesNoInputOrOutput() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tidegate.scheduler..")
                .and(areNot("io.tidegate.scheduler.clock", "io.tidegate.scheduler.alerts"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "java.net.http..",
                        "org.jdbi..",
                        "org.quartz..",
                        "io.dropwizard..",
                        "com.fasterxml..",
                        "io.fabric8..",
                        "org.apache.hadoop..",
                        "io.tidegate.store..",
                        "io.tidegate.server.."));
    }

    @Test
    void storeClockAndAlertsDoNotKnowEachOtherNorTheServer() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tidegate.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.tidegate.scheduler.clock..",
                        "io.tidegate.scheduler.alerts..",
                        "io.tidegate.server..",
                        "io.tidegate.dag.parser.."));
        check(noClasses()
                .that()
                .resideInAPackage("io.tidegate.scheduler.clock..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tidegate.store..", "io.tidegate.scheduler.alerts..", "io.tidegate.server.."));
        check(noClasses()
                .that()
                .resideInAPackage("io.tidegate.scheduler.alerts..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tidegate.store..", "io.tidegate.scheduler.clock..", "io.tidegate.server.."));
    }

    @Test
    void stepsRunWithoutTidegate() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.tidegate.steps..", "io.tidegate.examples..")
                .should()
                .dependOnClassesThat(ours("io.tidegate.steps", "io.tidegate.examples")));
    }

    @Test
    void packagesDoNotGoInCircles() {
        slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void timeIsGivenNotTaken() {
        check(noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis"));
    }

    @Test
    void everyPackageSaysWhatItIs() throws Exception {
        for (String module : MODULES) {
            Path sources = ROOT.resolve(module).resolve("src/main/java");
            try (Stream<Path> folders = Files.walk(sources)) {
                List<Path> silent = folders.filter(Files::isDirectory)
                        .filter(ArchitectureTest::holdsClasses)
                        .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                        .toList();
                assertThat(silent).as("packages without package-info.java").isEmpty();
            }
        }
    }

    private static boolean holdsClasses(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (java.io.IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> ours(String... exceptions) {
        return DescribedPredicate.describe(
                "other parts of Tidegate than " + List.of(exceptions),
                type -> type.getPackageName().startsWith("io.tidegate") && !startsWithAny(type, exceptions));
    }

    private static DescribedPredicate<JavaClass> areNot(String... packages) {
        return DescribedPredicate.describe("are not of " + List.of(packages), type -> !startsWithAny(type, packages));
    }

    private static boolean startsWithAny(JavaClass type, String... packages) {
        return Stream.of(packages)
                .anyMatch(name -> type.getPackageName().equals(name)
                        || type.getPackageName().startsWith(name + "."));
    }

    /** Every package of ours is a slice of its own. */
    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith("io.tidegate")
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "every package";
        }
    }
}
