package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import io.github.dataspaces.home.Home;
import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.process.CommandRunner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs file commands as root of a container of the server's own image: the server's files belong to
 * the image's user, whom this process may have no right to stand in for. The home is mounted at its
 * own path, so paths need no translation.
 *
 * <p>One container serves all commands of this process for a while, because starting one takes
 * longer than most of them. It ends by itself soon after, should this process die.
 */
final class FileContainer implements CommandRunner, AutoCloseable {

  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Duration USE = Duration.ofMinutes(2);

  private final Engine engine;
  private final Home home;
  private final Labels labels;
  private final String image;
  private final Map<String, Boolean> programs = new ConcurrentHashMap<>();
  private @Nullable String id;
  private long started;

  FileContainer(Engine engine, Home home, Labels labels, String image) {
    this.engine = engine;
    this.home = home;
    this.labels = labels;
    this.image = image;
  }

  @Override
  public CommandResult run(List<String> command) {
    return new ContainerExec(engine.client(), require()).run(command);
  }

  @Override
  public boolean has(String program) {
    return programs.computeIfAbsent(
        program, name -> run(List.of("sh", "-c", "command -v \"$1\"", "sh", name)).ok());
  }

  @Override
  public boolean sameRights() {
    return false;
  }

  /** The container, started if there is none that lives long enough for what is to be done. */
  private synchronized String require() {
    String running = id;
    if (running != null && System.nanoTime() - started < USE.toNanos()) {
      return running;
    }
    close();
    String root = home.root().toString();
    String made =
        engine
            .client()
            .createContainerCmd(image)
            .withEntrypoint("sleep")
            .withCmd(String.valueOf(LIFE.toSeconds()))
            .withUser("0:0")
            .withLabels(labels.ofFiles())
            .withHostConfig(
                HostConfig.newHostConfig()
                    .withNetworkMode("none")
                    .withAutoRemove(true)
                    .withBinds(new Bind(root, new Volume(root))))
            .exec()
            .getId();
    engine.client().startContainerCmd(made).exec();
    id = made;
    started = System.nanoTime();
    return made;
  }

  @Override
  public synchronized void close() {
    String running = id;
    id = null;
    if (running != null) {
      try {
        engine.client().removeContainerCmd(running).withForce(true).withRemoveVolumes(true).exec();
      } catch (NotFoundException e) {
        // it has ended by itself
      }
    }
  }
}
