package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.github.dataspaces.home.Home;

/** The network that the containers of a home share, made when the first of them starts. */
final class HomeNetwork {

  private final Engine engine;
  private final Labels labels;
  private final String name;

  HomeNetwork(Engine engine, Home home, Labels labels) {
    this.engine = engine;
    this.labels = labels;
    this.name = "dataspaces-" + home.id();
  }

  String name() {
    return name;
  }

  /** The network's name, once it is there. */
  String require() {
    boolean present =
        engine.client().listNetworksCmd().withNameFilter(name).exec().stream()
            .anyMatch(network -> network.getName().equals(name));
    if (!present) {
      try {
        engine
            .client()
            .createNetworkCmd()
            .withName(name)
            .withCheckDuplicate(true)
            .withLabels(labels.ofHome())
            .exec();
      } catch (ConflictException another) {
        // of several processes that found it missing, one made it
      }
    }
    return name;
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
