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
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the container engine that the environment names, made when it is first needed.
 */
final class Engine implements AutoCloseable {

  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);

  /** An engine that hangs must not keep anybody who only wants to know what there is. */
  private static final Duration LONGEST_QUESTION = Duration.ofSeconds(10);

  private @Nullable DefaultDockerClientConfig config;
  private @Nullable DockerClient client;

  /** A client of the engine. */
  synchronized DockerClient client() {
    DockerClient known = client;
    if (known != null) {
      return known;
    }
    DefaultDockerClientConfig named = config();
    ZerodepDockerHttpClient http =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(named.getDockerHost())
            .sslConfig(named.getSSLConfig())
            .connectionTimeout(Duration.ofSeconds(5))
            .responseTimeout(LONGEST_SILENCE)
            .build();
    DockerClient made =
        DockerClientImpl.getInstance(
            named, new EngineConnection(http, named.getDockerHost().toString()));
    client = made;
    return made;
  }

  /**
   * Asks what an engine that works answers at once. The time is kept here, because a local socket
   * has no timeout of its own.
   */
  <T> T ask(Function<DockerClient, T> question) {
    FutureTask<T> answer = new FutureTask<>(() -> question.apply(client()));
    Thread asking = new Thread(answer, "asking the Docker engine");
    asking.setDaemon(true);
    asking.start();
    try {
      return answer.get(LONGEST_QUESTION.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw EngineConnection.silent(
          address(), "it has said nothing for %d s".formatted(LONGEST_QUESTION.toSeconds()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw EngineConnection.interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private synchronized DefaultDockerClientConfig config() {
    DefaultDockerClientConfig known = config == null ? configured() : config;
    config = known;
    return known;
  }

  /**
   * No API version is asked for, so that engines from 20.10 on work. Others may ask: Spring Boot's
   * test module does for whoever uses this library.
   */
  private static DefaultDockerClientConfig configured() {
    String none = null;
    return DefaultDockerClientConfig.createDefaultConfigBuilder().withApiVersion(none).build();
  }

  /** Why no engine answers; empty if one does. */
  Optional<String> unavailable() {
    try {
      require();
      return Optional.empty();
    } catch (DataspaceException e) {
      if (e.reason() != Reason.INFRASTRUCTURE) {
        throw e; // interrupted: it may be there
      }
      return Optional.of(e.problem());
    }
  }

  /** Fails where no engine answers. */
  void require() {
    try {
      knock();
      ping();
    } catch (IOException e) {
      forget();
      throw EngineConnection.silent(address(), reason(e), e);
    } catch (DataspaceException e) {
      throw e;
    } catch (RuntimeException e) {
      throw EngineConnection.silent(address(), reason(e), e);
    }
  }

  private void ping() {
    try {
      ask(client -> client.pingCmd().exec());
    } catch (DataspaceException e) {
      if (e.reason() != Reason.INFRASTRUCTURE || e.getCause() instanceof TimeoutException) {
        throw e;
      }
      forget();
      ask(client -> client.pingCmd().exec());
    }
  }

  /**
   * Its connections may be to an engine that has gone, and whose successor knows nothing of them.
   */
  private synchronized void forget() {
    client = null;
  }

  /** Tries a local socket first: the library would tell the user's log of each attempt. */
  private void knock() throws IOException {
    URI uri = config().getDockerHost();
    if ("unix".equals(uri.getScheme())) {
      SocketChannel.open(UnixDomainSocketAddress.of(uri.getPath())).close();
    }
  }

  private String address() {
    try {
      return config().getDockerHost().toString();
    } catch (RuntimeException e) {
      return "the configured address";
    }
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
    return unwrapped(text.strip().replaceFirst("^Status \\d+: ", ""));
  }

  private static String unwrapped(String text) {
    try {
      return new ObjectMapper().readTree(text).path("message").asText(text).strip();
    } catch (JsonProcessingException e) {
      return text;
    }
  }
}
