package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspaces;
import org.apache.maven.plugins.annotations.Mojo;

/** Freezes a dataspace in memory: queries stall until it is resumed. */
@Mojo(name = "pause", requiresProject = false, threadSafe = true)
public final class PauseMojo extends NamedMojo {

  @Override
  void run(Dataspaces dataspaces, Request request) {
    request.dataspace(dataspaces).pause();
  }
}
