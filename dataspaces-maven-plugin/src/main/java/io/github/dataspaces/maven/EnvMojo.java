package io.github.dataspaces.maven;

import io.github.dataspaces.ConnectionFormat;
import io.github.dataspaces.Dataspace;
import io.github.dataspaces.Dataspaces;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Tells how to connect to a dataspace, password included, in the way another program reads it:
 * {@code eval "$(mvn -q dataspaces:env)"}.
 */
@Mojo(name = "env", requiresProject = false, threadSafe = true)
public final class EnvMojo extends NamedMojo {

  /**
   * {@code shell} (the default), {@code dotenv}, {@code properties}, {@code json} or {@code
   * spring}.
   */
  @Parameter(property = "dataspaces.format")
  private @Nullable String format;

  /** A file to write, which its owner alone can read, instead of printing. */
  @Parameter(property = "dataspaces.file")
  private @Nullable String file;

  @Override
  void run(Dataspaces dataspaces, Request request) {
    ConnectionFormat format = ConnectionFormat.parse(request.text("format").orElse("shell"));
    Dataspace dataspace = request.dataspace(dataspaces);
    String text = format.render(dataspace.connection());
    Optional<Path> file = request.file("file");
    if (file.isPresent()) {
      OwnerOnlyFile.write(file.get(), text);
      getLog()
          .info(
              "Wrote how to connect to dataspace '%s' to %s."
                  .formatted(dataspace.name(), file.get()));
    } else {
      output().print(text);
    }
  }
}
