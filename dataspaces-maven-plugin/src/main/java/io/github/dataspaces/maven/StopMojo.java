package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.DataspaceException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/** Stops a dataspace cleanly and keeps its data. Never fails a build: trouble is a warning. */
@Mojo(
    name = "stop",
    defaultPhase = LifecyclePhase.POST_INTEGRATION_TEST,
    requiresProject = false,
    threadSafe = true)
public final class StopMojo extends NamedMojo {

  @Override
  void run(Dataspaces dataspaces, Request request) {
    request.dataspace(dataspaces).stop();
  }

  @Override
  void tell(DataspaceException trouble) {
    getLog().warn(trouble.getMessage());
    getLog().debug(trouble);
  }
}
