package io.github.dataspaces.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.testkit.DockerEngine;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ContainerEndTest {

  /** A build that died may have asked for its removal, which the engine came to only now. */
  @Test
  void oneThatIsGoneHasEnded() {
    DockerEngine.require();
    String id = DockerEngine.docker("create", "postgres:18").strip();
    DockerEngine.docker("rm", "--volumes", id);
    AtomicBoolean told = new AtomicBoolean();
    try (Engine engine = new Engine()) {
      ContainerEnd.awaitAndRemove(engine.client(), id, () -> told.set(true));
    }
    assertThat(told).isTrue();
  }
}
