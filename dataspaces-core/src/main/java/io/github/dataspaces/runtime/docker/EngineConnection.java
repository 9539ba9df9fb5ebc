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
      throw Thread.currentThread().isInterrupted()
          ? interrupted(e)
          : silent(address, Engine.reason(e), e);
    }
  }

  static DataspaceException silent(String address, String why, Throwable cause) {
    return new DataspaceException(
        Reason.INFRASTRUCTURE,
        "No Docker engine answers at %s: %s.".formatted(address, why),
        "Start Docker, set DOCKER_HOST, or use runtime=embedded.",
        cause);
  }

  static DataspaceException interrupted(Throwable cause) {
    return new DataspaceException(
        Reason.WRONG_STATE, "Interrupted while waiting for the Docker engine.", "", cause);
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
