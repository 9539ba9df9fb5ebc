package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem.ProgressDetail;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.Progress;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Images of the engine, pulled where they are absent. */
final class Images {

  private final Engine engine;
  private final Progress progress;

  Images(Engine engine, Progress progress) {
    this.engine = engine;
    this.progress = progress;
  }

  /**
   * The id of an image.
   *
   * @throws DataspaceException {@link Reason#INFRASTRUCTURE} if it is not there and cannot be
   *     pulled
   */
  String require(String reference) {
    return id(reference)
        .orElseGet(
            () -> {
              pull(reference);
              return id(reference)
                  .orElseThrow(() -> missing(reference, "it is not there after pulling it", null));
            });
  }

  private Optional<String> id(String reference) {
    try {
      return Optional.ofNullable(engine.client().inspectImageCmd(reference).exec().getId());
    } catch (NotFoundException e) {
      return Optional.empty();
    } catch (BadRequestException e) {
      throw missing(reference, Engine.reason(e), e);
    }
  }

  private void pull(String reference) {
    try (Layers layers = new Layers("Pulling " + reference, progress)) {
      engine.client().pullImageCmd(reference).exec(layers).awaitCompletion();
      layers
          .failure()
          .ifPresent(
              failure -> {
                throw missing(reference, Engine.reason(failure), failure);
              });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw missing(reference, "interrupted", e);
    } catch (DataspaceException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw missing(reference, Engine.reason(e), e);
    }
  }

  private static DataspaceException missing(
      String reference, String why, @Nullable Throwable cause) {
    return new DataspaceException(
        Reason.INFRASTRUCTURE,
        "The image '%s' is not on the engine and cannot be pulled: %s.".formatted(reference, why),
        "Check its name and the network, load it with 'docker load', name another with -Ddataspaces.image, or use runtime=embedded.",
        cause);
  }

  /** Adds up the layers of an image as they come in. */
  private static final class Layers extends ResultCallback.Adapter<PullResponseItem> {

    private final String what;
    private final Progress progress;
    private final Map<String, ProgressDetail> layers = new ConcurrentHashMap<>();
    private volatile @Nullable Throwable failure;

    private Layers(String what, Progress progress) {
      this.what = what;
      this.progress = progress;
    }

    @Override
    public void onNext(PullResponseItem item) {
      ProgressDetail detail = item.getProgressDetail();
      if ("Downloading".equals(item.getStatus()) && item.getId() != null && detail != null) {
        layers.put(item.getId(), detail);
        progress.report(what, sum(true), sum(false));
      }
    }

    /** Kept to be told in the user's terms; the library would log it. */
    @Override
    public void onError(Throwable throwable) {
      failure = throwable;
      onComplete();
    }

    private Optional<Throwable> failure() {
      return Optional.ofNullable(failure);
    }

    private long sum(boolean done) {
      return layers.values().stream()
          .map(layer -> done ? layer.getCurrent() : layer.getTotal())
          .filter(Objects::nonNull)
          .mapToLong(Long::longValue)
          .sum();
    }
  }
}
