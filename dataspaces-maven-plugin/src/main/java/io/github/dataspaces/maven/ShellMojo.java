package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspace;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;

/** Opens a shell where the server is: in its container, or in the folder of a native one. */
@Mojo(name = "shell", requiresProject = false, threadSafe = true)
public final class ShellMojo extends InteractiveMojo {

  /** For Maven. */
  public ShellMojo() {
    super("shell");
  }

  @Override
  int program(Dataspace dataspace, Optional<String> command) {
    return dataspace.shell(command);
  }

  /** The code of a dialogue is that of its last command, unless there was no shell at all. */
  @Override
  boolean isTrouble(int code, boolean dialogue) {
    return code != 0 && !(dialogue && code < 125);
  }
}
