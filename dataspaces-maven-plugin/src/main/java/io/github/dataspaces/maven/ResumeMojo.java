package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspaces;
import org.apache.maven.plugins.annotations.Mojo;

/** Thaws a paused dataspace. */
@Mojo(name = "resume", requiresProject = false, threadSafe = true)
public final class ResumeMojo extends NamedMojo {

  @Override
  void run(Dataspaces dataspaces, Request request) {
    request.dataspace(dataspaces).resume();
  }
}
