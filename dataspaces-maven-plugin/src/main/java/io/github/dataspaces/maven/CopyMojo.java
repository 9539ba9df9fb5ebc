package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspaces;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Makes a new, independent dataspace of what another one is now. */
@Mojo(name = "copy", requiresProject = false, threadSafe = true)
public final class CopyMojo extends NamedMojo {

  /** The new dataspace's name. */
  @Parameter(property = "dataspaces.to")
  private @Nullable String to;

  @Override
  void run(Dataspaces dataspaces, Request request) {
    request.dataspace(dataspaces).copy(request.required("to", "the new dataspace's name"));
  }
}
