package io.github.dataspaces.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InjectedParametersTest {

  private final MavenProject project = new MavenProject();

  @Test
  void fieldsOfTheGoalAndOfItsBasesCountUnlessTheyAreNull() {
    InjectedParameters parameters =
        new InjectedParameters(new Goal("shop", null), ExportedProperties.of(project));

    assertThat(parameters.apply("name")).contains("shop");
    assertThat(parameters.apply("port")).isEmpty();
    assertThat(parameters.apply("CONSTANT")).isEmpty();
  }

  @Test
  void whatExportPropertiesHasSetIsNotTakenForWhatThePomSays() {
    ExportedProperties.add(project, Map.of("dataspaces.port", "25001"));

    assertThat(project.getProperties()).containsEntry("dataspaces.port", "25001");
    assertThat(
            new InjectedParameters(new Goal("shop", "25001"), ExportedProperties.of(project))
                .apply("port"))
        .isEmpty();
    assertThat(
            new InjectedParameters(new Goal("shop", "5432"), ExportedProperties.of(project))
                .apply("port"))
        .contains("5432");
  }

  private static class Base {
    private static final String CONSTANT = "not a parameter";
    private final @Nullable String name;

    Base(@Nullable String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name + CONSTANT;
    }
  }

  private static final class Goal extends Base {
    private final @Nullable String port;

    Goal(@Nullable String name, @Nullable String port) {
      super(name);
      this.port = port;
    }

    @Override
    public String toString() {
      return super.toString() + port;
    }
  }
}
