package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.runtime.ProgramPlace;
import io.github.dataspaces.runtime.Readiness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs in a container that runs.
 *
 * @param client asks its engine
 * @param container its id
 */
record ContainerExec(DockerClient client, String container) implements ProgramPlace {

  private static final int ATTEMPTS = 500;

  /** Runs a program to its end; both of its streams are in the result. */
  CommandResult run(List<String> command) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      int exit = run(command, Map.of(), all, all);
      return new CommandResult(exit, all.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e); // memory takes everything
    }
  }

  @Override
  public CommandResult run(List<String> command, Map<String, String> environment, OutputStream out)
      throws IOException {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int exit = run(command, environment, out, errors);
    return new CommandResult(exit, errors.toString(StandardCharsets.UTF_8));
  }

  private int run(
      List<String> command, Map<String, String> environment, OutputStream out, OutputStream errors)
      throws IOException {
    Copy copy = new Copy(out, errors);
    try {
      String exec =
          client
              .execCreateCmd(container)
              .withCmd(command.toArray(String[]::new))
              .withEnv(
                  environment.entrySet().stream()
                      .map(variable -> variable.getKey() + "=" + variable.getValue())
                      .toList())
              .withAttachStdout(true)
              .withAttachStderr(true)
              .exec()
              .getId();
      client.execStartCmd(exec).exec(copy).awaitCompletion();
      copy.requireWritten();
      return exitCode(exec);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataspaceException(
          Reason.WRONG_STATE, "Interrupted while '%s' ran.".formatted(command.get(0)), "", e);
    } catch (DockerException e) {
      copy.requireWritten();
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "The engine could not run '%s' in a container: %s."
              .formatted(command.get(0), Engine.reason(e)),
          "",
          e);
    }
  }

  /** The engine may hear of the end of a program a moment after that of its output. */
  private int exitCode(String exec) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      InspectExecResponse state = client.inspectExecCmd(exec).exec();
      Long exit = state.getExitCodeLong();
      if (!Boolean.TRUE.equals(state.isRunning()) && exit != null) {
        return exit.intValue();
      }
      Readiness.sleep(10);
    }
    return 1; // its output was cut off
  }

  /** Hands on what comes, until it is not taken any more. The engine waits meanwhile. */
  private static final class Copy extends ResultCallback.Adapter<Frame> {

    private final OutputStream out;
    private final OutputStream errors;
    private volatile @Nullable IOException failure;

    Copy(OutputStream out, OutputStream errors) {
      this.out = out;
      this.errors = errors;
    }

    @Override
    public void onNext(Frame frame) {
      if (failure != null) {
        return;
      }
      try {
        (frame.getStreamType() == StreamType.STDERR ? errors : out).write(frame.getPayload());
      } catch (IOException e) {
        failure = e;
        closeQuietly();
      }
    }

    private void closeQuietly() {
      try {
        close();
      } catch (IOException e) {
        // nothing more is wanted of it
      }
    }

    void requireWritten() throws IOException {
      IOException failed = failure;
      if (failed != null) {
        throw failed;
      }
    }
  }
}
