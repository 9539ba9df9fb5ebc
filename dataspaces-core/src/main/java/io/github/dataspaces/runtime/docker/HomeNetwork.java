package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.github.dataspaces.home.Home;
import io.github.dataspaces.home.Locks;

/** The network that the containers of a home share, made when the first of them starts. */
final class HomeNetwork {

  private static final String LOCK = ".network";

  private final Engine engine;
  private final Locks locks;
  private final Labels labels;
  private final String name;

  HomeNetwork(Engine engine, Home home, Locks locks, Labels labels) {
    this.locks = locks;
    this.engine = engine;
    this.labels = labels;
    this.name = "dataspaces-" + home.id();
  }

  String name() {
    return name;
  }

  /**
   * The network's name, once it is there. Engines make a second one of the same name if asked at
   * the same time.
   */
  String require() {
    if (!isThere()) {
      try (Locks.Held lock = locks.acquire(LOCK)) {
        if (!isThere()) {
          engine
              .client()
              .createNetworkCmd()
              .withName(name)
              .withCheckDuplicate(true)
              .withLabels(labels.ofHome())
              .exec();
        }
      }
    }
    return name;
  }

  private boolean isThere() {
    return engine.client().listNetworksCmd().withNameFilter(name).exec().stream()
        .anyMatch(network -> network.getName().equals(name));
  }

  /** Removes the network; does nothing while a container is in it. */
  void release() {
    try {
      engine.client().removeNetworkCmd(name).exec();
    } catch (NotFoundException | ConflictException inUseOrGone) {
      // nothing to do
    } catch (DockerException e) {
      // engines say "has active endpoints" with 403
      if (e.getHttpStatus() != 403) {
        throw e;
      }
    }
  }
}
