package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a container has written. */
record ContainerLog(Engine engine, String id) {

  private static final int TAIL = 50;

  List<String> lines() {
    StringBuilder text = new StringBuilder();
    try {
      engine
          .client()
          .logContainerCmd(id)
          .withStdOut(true)
          .withStdErr(true)
          .withTail(TAIL)
          .exec(
              new ResultCallback.Adapter<Frame>() {
                @Override
                public void onNext(Frame frame) {
                  text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                }
              })
          .awaitCompletion();
    } catch (DockerException e) {
      return List.of("(the container's log cannot be read: %s)".formatted(Engine.reason(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return text.toString().lines().toList();
  }
}
