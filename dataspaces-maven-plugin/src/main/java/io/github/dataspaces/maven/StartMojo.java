package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspaces;
import org.apache.maven.plugins.annotations.Mojo;

/** Starts a stopped dataspace, on the port it had. */
@Mojo(name = "start", requiresProject = false, threadSafe = true)
public final class StartMojo extends NamedMojo {

  @Override
  void run(Dataspaces dataspaces, Request request) {
    request.dataspace(dataspaces).start();
  }
}
