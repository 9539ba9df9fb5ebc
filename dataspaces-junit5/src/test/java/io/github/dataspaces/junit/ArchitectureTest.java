package io.github.dataspaces.junit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of ARCHITECTURE.md that concern this module. */
@AnalyzeClasses(packages = "io.github.dataspaces.junit", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule ONLY_THE_FACADE_AND_CONFIG_ARE_USED =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.github.dataspaces..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "io.github.dataspaces",
                              "io.github.dataspaces.config",
                              "io.github.dataspaces.junit"))));

  @ArchTest
  static final ArchRule ONLY_THE_SEAM_MOVES_A_DATASPACE_BETWEEN_STATES =
      noClasses()
          .that()
          .doNotBelongToAnyOf(LiveDataspace.class)
          .should()
          .callMethod(io.github.dataspaces.Dataspace.class, "rollback", String.class)
          .orShould()
          .callMethod(
              io.github.dataspaces.Dataspace.class,
              "rollback",
              io.github.dataspaces.config.SnapshotReference.class)
          .orShould()
          .callMethod(
              io.github.dataspaces.Dataspace.class, "snapshot", String.class, boolean.class);
}
