package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspace;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;

/** Opens the engine's own client, such as {@code psql}, on the dataspace's database. */
@Mojo(name = "client", requiresProject = false, threadSafe = true)
public final class ClientMojo extends InteractiveMojo {

  /** For Maven. */
  public ClientMojo() {
    super("client");
  }

  @Override
  int program(Dataspace dataspace, Optional<String> command) {
    return dataspace.client(command);
  }
}
