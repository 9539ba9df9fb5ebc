package io.github.dataspaces.junit;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.SnapshotReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One dataspace for all tests of an outermost class, or of a whole run.
 *
 * <p>The classes that are being run form a stack: the outermost, a nested one in it, and so on.
 * Each has a baseline, taken when the first test in it or the first class in it begins, which is
 * when all its {@code @BeforeAll} have run. A class begins with the baseline of the one below it.
 */
final class OneForAll implements Allocation {

  /** What baselines' names begin with. */
  static final String BASELINE = "junit-baseline-";

  private final LiveDataspace live;
  private final Deque<Floor> floors = new ArrayDeque<>();
  private @Nullable ClassScope lastTested;
  private @Nullable TestRun running;
  private int marked;

  private OneForAll(LiveDataspace live) {
    this.live = live;
  }

  /** For a class. */
  static OneForAll ofClass(LiveDataspace live) {
    return new OneForAll(live);
  }

  /** For a run: below all classes there is the state that the dataspace was made in. */
  static OneForAll ofRun(LiveDataspace live) {
    OneForAll all = new OneForAll(live);
    all.floors.push(new Floor(Optional.empty(), live.mark()));
    return all;
  }

  /** A class that is being run, or, without one, the run itself. */
  private static final class Floor {
    final Optional<ClassScope> scope;
    final int mark;
    @Nullable SnapshotReference baseline;

    Floor(Optional<ClassScope> scope, int mark) {
      this.scope = scope;
      this.mark = mark;
    }
  }

  @Override
  public synchronized void enter(ClassScope scope) {
    Floor below = floors.peek();
    if (running != null) {
      throw atOnce(scope.label(), running.label());
    }
    if (below != null) {
      requireTop(scope.parent(), scope.label());
      // the run's is taken even for a class that never rolls back: a later one may
      if (below.scope.isEmpty() || scope.rollback() != Rollback.NEVER) {
        returnTo(below, scope.rollback() != Rollback.NEVER);
      }
    }
    live.usedBy(scope.label());
    floors.push(new Floor(Optional.of(scope), live.mark()));
  }

  @Override
  public LiveDataspace ofClass(ClassScope scope) {
    return live;
  }

  @Override
  public Optional<LiveDataspace> existing(ClassScope scope) {
    return Optional.of(live);
  }

  @Override
  public synchronized LiveDataspace begin(TestRun test) {
    if (running != null) {
      throw atOnce(test.label(), running.label());
    }
    Floor floor = requireTop(Optional.of(test.scope()), test.label());
    Optional<SnapshotReference> wanted = test.rollbackTo().map(live::resolve);
    if (test.scope().rollback() != Rollback.NEVER) {
      boolean due = test.scope().rollback() == Rollback.EACH_TEST || lastTested != test.scope();
      returnTo(floor, due && wanted.isEmpty());
    }
    wanted.ifPresent(live::rollbackBetweenTests);
    live.usedBy(test.label());
    running = test;
    lastTested = test.scope();
    marked = live.mark();
    return live;
  }

  @Override
  public synchronized void end(TestRun test) {
    if (running == test) {
      running = null;
      live.usedBy(test.scope().label());
      live.dropSince(marked);
    }
  }

  @Override
  public synchronized void leave(ClassScope scope) {
    Floor left = requireTop(Optional.of(scope), scope.label());
    floors.pop();
    if (!floors.isEmpty()) {
      live.dropSince(left.mark);
    }
  }

  /**
   * Takes the floor's baseline if it has none yet, or else goes back to it, if that is {@code due}.
   * A named one was not taken now, so going back is due the first time, too.
   */
  private void returnTo(Floor floor, boolean due) {
    if (floor.baseline == null) {
      Optional<SnapshotReference> named = floor.scope.flatMap(this::namedBaseline);
      if (named.isEmpty()) {
        floor.baseline = live.snapshotBetweenTests(BASELINE + floors.size());
        return;
      }
      floor.baseline = named.get();
    }
    if (due) {
      live.rollbackBetweenTests(floor.baseline);
    }
  }

  private Optional<SnapshotReference> namedBaseline(ClassScope scope) {
    return Optional.of(scope.blueprint().options().snapshot())
        .filter(name -> !name.isEmpty())
        .map(live::resolve);
  }

  private Floor requireTop(Optional<ClassScope> scope, String who) {
    Floor top = floors.peek();
    if (top == null || !top.scope.equals(scope)) {
      throw atOnce(
          who, top == null ? "another" : top.scope.map(ClassScope::label).orElse("another"));
    }
    return top;
  }

  private static DataspaceException atOnce(String one, String other) {
    return new DataspaceException(
        Reason.WRONG_STATE,
        "%s began while %s was using the same dataspace.".formatted(one, other),
        "Use isolation = METHOD, or let JUnit run them one after the other: @Execution(SAME_THREAD).");
  }
}
