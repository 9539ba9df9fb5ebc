package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the container engine that the environment names, made when it is first needed.
 */
final class Engine implements AutoCloseable {

  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);

  private @Nullable DockerClient client;
  private @Nullable URI host;

  /** A client of the engine. No API version is asked for: engines from 20.10 on are to work. */
  synchronized DockerClient client() {
    DockerClient known = client;
    if (known != null) {
      return known;
    }
    DefaultDockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder().build();
    ZerodepDockerHttpClient http =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .connectionTimeout(Duration.ofSeconds(5))
            .responseTimeout(LONGEST_SILENCE)
            .build();
    host = config.getDockerHost();
    DockerClient made = DockerClientImpl.getInstance(config, http);
    client = made;
    return made;
  }

  /** Why no engine answers; empty if one does. */
  Optional<String> unavailable() {
    try {
      client().pingCmd().exec();
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(
          "No Docker engine answers at %s: %s."
              .formatted(host == null ? "the configured address" : host, reason(e)));
    }
  }

  /** Fails where no engine answers. */
  void require() {
    unavailable()
        .ifPresent(
            why -> {
              throw new DataspaceException(
                  Reason.INFRASTRUCTURE,
                  why,
                  "Start Docker, set DOCKER_HOST, or use runtime=embedded.");
            });
  }

  /**
   * The name of the engine's host if it is reached over the network; empty for an engine of this
   * machine.
   */
  Optional<String> remoteHost() {
    client();
    URI uri = host;
    boolean remote =
        uri != null
            && ("tcp".equals(uri.getScheme())
                || "http".equals(uri.getScheme())
                || "https".equals(uri.getScheme()));
    return remote ? Optional.ofNullable(uri.getHost()) : Optional.empty();
  }

  @Override
  public synchronized void close() {
    DockerClient known = client;
    if (known != null) {
      try {
        known.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        client = null;
      }
    }
  }

  /** The engine's own words, without the wrapping of the library and of JSON. */
  static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return text.strip()
        .replaceFirst("(?s)^Status \\d+: ", "")
        .replaceFirst("(?s)^\\{\"message\":\"(.*)\"\\}$", "$1");
  }
}
