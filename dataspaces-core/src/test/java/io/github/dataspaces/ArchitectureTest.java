package io.github.dataspaces;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.dataspaces.runtime.DatabaseRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The package table of the design, and the rules that keep the code simple. */
class ArchitectureTest {

  private static final String ROOT = "io.github.dataspaces";
  private static final Path SOURCES = Path.of("src/main/java");
  private static final int LONGEST_FILE = 400;
  private static final int LONGEST_METHOD = 50;

  /** What each package may import besides itself; {@code config} all may. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.of(
          "config", Set.of(),
          "home", Set.of(),
          "process", Set.of(),
          "dump", Set.of(),
          "flavour", Set.of("dump", "process"),
          "storage", Set.of("process"),
          "runtime", Set.of("flavour", "home", "process", "storage"),
          "snapshot", Set.of("home", "storage"),
          "reset", Set.of("flavour", "runtime", "snapshot", "storage"),
          "prepare", Set.of("dump", "flavour", "process", "runtime"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void everyPackageIsInTheTable() {
    Set<String> packages =
        CLASSES.stream()
            .map(type -> type.getPackageName())
            .filter(name -> !name.equals(ROOT))
            .map(name -> name.substring(ROOT.length() + 1).replaceFirst("\\..*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages).isSubsetOf(MAY_IMPORT.keySet());
  }

  @Test
  void packagesImportOnlyWhatTheTableAllows() {
    MAY_IMPORT.forEach(
        (name, allowed) -> {
          Set<String> forbidden = new HashSet<>(MAY_IMPORT.keySet());
          forbidden.removeAll(allowed);
          forbidden.removeAll(List.of(name, "config"));
          noClasses()
              .that()
              .resideInAPackage(ROOT + "." + name + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(
                  forbidden.stream().map(other -> ROOT + "." + other + "..").toArray(String[]::new))
              .orShould()
              .dependOnClassesThat()
              .resideInAPackage(ROOT)
              .check(CLASSES);
        });
  }

  @Test
  void thereAreNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    slices().matching(ROOT + ".runtime.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheFacadeNamesRuntimes() {
    for (String runtime : List.of("docker", "embedded")) {
      String home = ROOT + ".runtime." + runtime;
      noClasses()
          .that()
          .resideOutsideOfPackage(home)
          .and()
          .doNotBelongToAnyOf(Dataspaces.class)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(home)
          .check(CLASSES);
    }
    assertThat(CLASSES.get(DatabaseRuntime.class).getAllSubclasses()).hasSize(2);
  }

  @Test
  void onlyTheDockerRuntimeKnowsDocker() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".runtime.docker")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.github.dockerjava..")
        .check(CLASSES);
  }

  @Test
  void namesSayWhatAClassIs() {
    assertThat(CLASSES.stream().map(type -> type.getSimpleName()))
        .noneMatch(name -> name.matches("Default.*|.*(Manager|Helper|Util|Utils|Impl)"));
  }

  @Test
  void everyPackageSaysWhatItHolds() throws IOException {
    for (Path folder : folders()) {
      assertThat(folder.resolve("package-info.java")).exists().content().contains("@NullMarked");
    }
  }

  @Test
  void filesAndMethodsAreShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path sources : List.of(SOURCES, Path.of("src/test/java"))) {
      for (Path file : files(sources)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > LONGEST_FILE) {
          tooLong.add(file + " has " + lines.size() + " lines");
        }
        tooLong.addAll(longMethods(file, lines));
      }
    }
    assertThat(tooLong).isEmpty();
  }

  /** The formatter indents a member by two, so its body ends at the next lone brace there. */
  private static List<String> longMethods(Path file, List<String> lines) {
    List<String> found = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.matches("  (  )?[^ /*@}].*\\(.*") && !line.endsWith(";")) {
        start = i;
      } else if (line.matches("  (  )?}") && start >= 0) {
        if (i - start + 1 > LONGEST_METHOD) {
          found.add("%s:%d: %d lines".formatted(file, start + 1, i - start + 1));
        }
        start = -1;
      }
    }
    return found;
  }

  private static List<Path> files(Path sources) throws IOException {
    try (Stream<Path> all = Files.walk(sources)) {
      return all.filter(path -> path.toString().endsWith(".java")).toList();
    }
  }

  private static Set<Path> folders() throws IOException {
    return files(SOURCES).stream().map(Path::getParent).collect(Collectors.toSet());
  }
}
