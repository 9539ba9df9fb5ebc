package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.home.Home;
import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.process.CommandRunner;
import java.nio.charset.StandardCharsets;
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
    DockerClient client = engine.client();
    StringBuilder output = new StringBuilder();
    try {
      String exec =
          client
              .execCreateCmd(require())
              .withCmd(command.toArray(String[]::new))
              .withAttachStdout(true)
              .withAttachStderr(true)
              .exec()
              .getId();
      client
          .execStartCmd(exec)
          .exec(
              new ResultCallback.Adapter<Frame>() {
                @Override
                public void onNext(Frame frame) {
                  output.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                }
              })
          .awaitCompletion();
      Long exit = client.inspectExecCmd(exec).exec().getExitCodeLong();
      return new CommandResult(exit == null ? 1 : exit.intValue(), output.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataspaceException(Reason.WRONG_STATE, "Interrupted while handling files.", "", e);
    } catch (DockerException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "The engine could not run '%s' in a container of '%s': %s."
              .formatted(command.get(0), image, Engine.reason(e)),
          "",
          e);
    }
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
