package io.github.dataspaces;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the table and the rules of ARCHITECTURE.md. */
class ArchitectureTest {

  private static final String ROOT = "io.github.dataspaces";
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @ParameterizedTest
  @CsvSource({
    "config, ''",
    "process, config",
    "home, config",
    "flavour, config process",
    "storage, config process",
    "runtime, config home flavour storage process",
    "snapshot, config home storage",
    "reset, config flavour runtime snapshot storage",
    "prepare, config runtime"
  })
  void aPackageImportsOnlyWhatTheTableAllows(String from, String allowed) {
    Stream<String> named = Arrays.stream(allowed.split(" ")).filter(name -> !name.isEmpty());
    String[] packages =
        Stream.concat(named, Stream.of(from))
            .map(name -> ROOT + "." + name + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + from + "..")
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(packages))))
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    slices().matching(ROOT + ".runtime.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheFacadeNamesRuntimes() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".runtime.docker..", ROOT + ".runtime.embedded..")
        .and()
        .doNotBelongToAnyOf(Dataspaces.class)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".runtime.docker..", ROOT + ".runtime.embedded..")
        .check(CLASSES);
  }

  @Test
  void noClassIsNamedAfterNothing() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameStartingWith("Default")
        .check(CLASSES);
  }

  @Test
  void dockerIsKnownToTheDockerRuntimeOnly() {
    classes()
        .that(
            new com.tngtech.archunit.base.DescribedPredicate<JavaClass>("use docker-java") {
              @Override
              public boolean test(JavaClass type) {
                return type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(
                        dependency ->
                            dependency
                                .getTargetClass()
                                .getPackageName()
                                .startsWith("com.github.dockerjava"));
              }
            })
        .should()
        .resideInAPackage(ROOT + ".runtime.docker")
        .check(CLASSES);
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    try (Stream<Path> folders = Files.walk(SOURCES)) {
      List<Path> silent =
          folders
              .filter(Files::isDirectory)
              .filter(ArchitectureTest::holdsClasses)
              .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
              .toList();
      assertThat(silent).isEmpty();
    }
  }

  @Test
  void filesAreShort() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<String> tooLong =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> lines(file) > 400)
              .map(Path::toString)
              .toList();
      assertThat(tooLong).isEmpty();
    }
  }

  private static boolean holdsClasses(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.anyMatch(child -> child.toString().endsWith(".java"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
