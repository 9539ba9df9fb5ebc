package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.IOException;

/** Tells in the user's terms that an engine has stopped answering, wherever that happens. */
final class EngineConnection implements DockerHttpClient {

  private final DockerHttpClient http;
  private final String address;

  EngineConnection(DockerHttpClient http, String address) {
    this.http = http;
    this.address = address;
  }

  @Override
  public Response execute(Request request) {
    try {
      return http.execute(request);
    } catch (RuntimeException e) {
      boolean interrupted = Thread.currentThread().isInterrupted();
      throw new DataspaceException(
          interrupted ? Reason.WRONG_STATE : Reason.INFRASTRUCTURE,
          interrupted
              ? "Interrupted while waiting for the Docker engine."
              : "No Docker engine answers at %s: %s.".formatted(address, Engine.reason(e)),
          interrupted ? "" : "Start Docker, set DOCKER_HOST, or use runtime=embedded.",
          e);
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
