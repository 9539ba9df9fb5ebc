package io.github.dataspaces.maven;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.plugin.Mojo;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "io.github.dataspaces.maven", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final Path SOURCES = Path.of("src/main/java/io/github/dataspaces/maven");
  private static final Pattern RUN =
      Pattern.compile("\n  (?:final )?void run\\(Dataspaces .*?\n  }\n", Pattern.DOTALL);

  @ArchTest
  static final ArchRule SEES_THE_FACADE_AND_CONFIG_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "belong to the inside of the core",
                  (JavaClass type) ->
                      type.getPackageName().startsWith("io.github.dataspaces")
                          && !List.of(
                                  "io.github.dataspaces",
                                  "io.github.dataspaces.config",
                                  "io.github.dataspaces.maven")
                              .contains(type.getPackageName())));

  @ArchTest
  static final ArchRule GOALS_ARE_ALL_THAT_IS_PUBLIC =
      classes().that().arePublic().should().implement(Mojo.class);

  @Test
  void filesAreShort() throws IOException {
    for (Path file : sources()) {
      assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(200);
    }
  }

  @Test
  void bodiesOfGoalsAreShort() throws IOException {
    for (Path file : sources()) {
      RUN.matcher(Files.readString(file))
          .results()
          .forEach(
              body ->
                  assertThat(body.group().lines())
                      .as(file.toString())
                      .hasSizeLessThanOrEqualTo(32));
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files.toList();
    }
  }
}
