package io.github.dataspaces.runtime.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the container engine that the environment names, made when it is first needed.
 */
final class Engine implements AutoCloseable {

  private static final Duration LONGEST_WORK = Duration.ofMinutes(10);

  /** An engine that hangs must not keep anybody who only wants to know what there is. */
  private static final Duration LONGEST_QUESTION = Duration.ofSeconds(10);

  private static final ObjectMapper JSON = new ObjectMapper();

  private @Nullable DefaultDockerClientConfig config;
  private @Nullable DockerClient client;
  private @Nullable DockerClient questions;

  /** A client for what may take long. */
  synchronized DockerClient client() {
    DockerClient known = client == null ? connect(LONGEST_WORK) : client;
    client = known;
    return known;
  }

  /** A client for what an engine that works answers at once. */
  synchronized DockerClient questions() {
    DockerClient known = questions == null ? connect(LONGEST_QUESTION) : questions;
    questions = known;
    return known;
  }

  /** No API version is asked for: engines from 20.10 on are to work. */
  private DockerClient connect(Duration longestSilence) {
    DefaultDockerClientConfig named = config();
    ZerodepDockerHttpClient http =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(named.getDockerHost())
            .sslConfig(named.getSSLConfig())
            .connectionTimeout(Duration.ofSeconds(5))
            .responseTimeout(longestSilence)
            .build();
    return DockerClientImpl.getInstance(
        named, new EngineConnection(http, named.getDockerHost().toString()));
  }

  private synchronized DefaultDockerClientConfig config() {
    DefaultDockerClientConfig known =
        config == null ? DefaultDockerClientConfig.createDefaultConfigBuilder().build() : config;
    config = known;
    return known;
  }

  /** Why no engine answers; empty if one does. */
  Optional<String> unavailable() {
    try {
      questions().pingCmd().exec();
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of("No Docker engine answers at %s: %s.".formatted(address(), reason(e)));
    }
  }

  private String address() {
    try {
      return config().getDockerHost().toString();
    } catch (RuntimeException e) {
      return "the configured address";
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
    URI uri = config().getDockerHost();
    return List.of("tcp", "http", "https").contains(uri.getScheme())
        ? Optional.ofNullable(uri.getHost())
        : Optional.empty();
  }

  @Override
  public synchronized void close() {
    try (DockerClient first = client;
        DockerClient second = questions) {
      client = null;
      questions = null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The engine's own words, without the wrapping of the library and of JSON. */
  static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return unwrapped(text.strip().replaceFirst("^Status \\d+: ", ""));
  }

  private static String unwrapped(String text) {
    try {
      return JSON.readTree(text).path("message").asText(text).strip();
    } catch (JsonProcessingException e) {
      return text;
    }
  }
}
