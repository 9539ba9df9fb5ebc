package io.github.dataspaces.maven;

import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the goals have in common that work on one dataspace. */
abstract class NamedMojo extends DataspacesMojo {

  /**
   * The dataspace. By default the {@code default} of {@code dataspaces.yaml}, then the project's
   * artifactId, or without a pom the folder's name, with what names cannot have replaced.
   */
  @Parameter(property = "dataspaces.name")
  private @Nullable String name;
}
