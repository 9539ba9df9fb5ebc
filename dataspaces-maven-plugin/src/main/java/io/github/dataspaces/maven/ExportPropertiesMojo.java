package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.Dataspaces;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Sets how to connect to a dataspace as properties of the project, for the goals that come after it
 * in the same module, and writes them to a file for everything else.
 */
@Mojo(
    name = "export-properties",
    defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST,
    requiresProject = true,
    threadSafe = true)
public final class ExportPropertiesMojo extends NamedMojo {

  /**
   * What the properties begin with: {@code <prefix>url}, {@code host}, {@code port}, {@code
   * database}, {@code username} and {@code password}. By default {@code dataspaces.}
   */
  @Parameter(property = "dataspaces.propertyPrefix")
  private @Nullable String propertyPrefix;

  /** A file to write them to, which its owner alone can read. */
  @Parameter(property = "dataspaces.propertiesFile")
  private @Nullable String propertiesFile;

  @Override
  void run(Dataspaces dataspaces, Request request) {
    Dataspace dataspace = request.dataspace(dataspaces);
    Map<String, String> properties =
        dataspace.connection().properties(request.text("propertyPrefix").orElse("dataspaces."));
    ExportedProperties.add(project(), properties);
    Optional<Path> file = request.file("propertiesFile");
    file.ifPresent(path -> OwnerOnlyFile.write(path, text(properties)));
    getLog()
        .info(
            "Set %s for dataspace '%s'%s."
                .formatted(
                    String.join(", ", properties.keySet()),
                    dataspace.name(),
                    file.map(path -> ", also in " + path).orElse("")));
  }

  @Override
  boolean isOncePerReactor(Request request) {
    return false;
  }

  private static String text(Map<String, String> values) {
    Properties properties = new Properties();
    properties.putAll(values);
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // without the date: the same settings are the same file
    return text.toString()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
