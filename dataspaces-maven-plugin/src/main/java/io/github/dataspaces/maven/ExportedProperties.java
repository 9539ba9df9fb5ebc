package io.github.dataspaces.maven;

import java.util.Map;
import java.util.Properties;
import org.apache.maven.project.MavenProject;

/**
 * The project properties that {@code export-properties} has set, told apart from those that a
 * person has written in the pom: {@code dataspaces.port} is where one dataspace listens, not what
 * the next one asks for.
 */
final class ExportedProperties {

  private static final String KEY = ExportedProperties.class.getName();

  private final Properties values;

  private ExportedProperties(Properties values) {
    this.values = values;
  }

  /** Those of a project. */
  static ExportedProperties of(MavenProject project) {
    return new ExportedProperties(
        project.getContextValue(KEY) instanceof Properties values ? values : new Properties());
  }

  /** Sets more of them. */
  static void add(MavenProject project, Map<String, String> properties) {
    Properties values = new Properties();
    values.putAll(of(project).values);
    values.putAll(properties);
    project.setContextValue(KEY, values);
    project.getProperties().putAll(properties);
  }

  /** Whether it was exported with that value. */
  boolean has(String property, String value) {
    return value.equals(values.getProperty(property));
  }
}
