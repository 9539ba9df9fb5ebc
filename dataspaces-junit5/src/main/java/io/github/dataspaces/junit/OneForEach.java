package io.github.dataspaces.junit;

import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.SnapshotReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A dataspace for each test. A class has one as well if its {@code @BeforeAll} asks for it: what
 * that leaves there is what the tests' own are made of, and those of its nested classes.
 */
final class OneForEach implements Allocation {

  private final OpenHome home;
  private final Blueprint blueprint;
  private final Map<ClassScope, Source> sources = new ConcurrentHashMap<>();

  OneForEach(OpenHome home, Blueprint blueprint) {
    this.home = home;
    this.blueprint = blueprint;
  }

  /** A class's own dataspace, and its baseline once a test has begun. */
  private static final class Source {
    final LiveDataspace live;
    private Optional<SnapshotReference> baseline = Optional.empty();

    Source(LiveDataspace live) {
      this.live = live;
    }

    /** Taken when the first test asks, which is when all {@code @BeforeAll} have run. */
    synchronized SnapshotReference baseline() {
      if (baseline.isEmpty()) {
        baseline = Optional.of(live.snapshotOnDisk(OneForAll.BASELINE + "0"));
      }
      return baseline.get();
    }
  }

  @Override
  public void enter(ClassScope scope) {
    // made when it is asked for: most classes need none
  }

  @Override
  public LiveDataspace ofClass(ClassScope scope) {
    return sources.computeIfAbsent(
            scope, s -> new Source(make(s, s.label(), s.parent().flatMap(this::origin), true)))
        .live;
  }

  @Override
  public Optional<LiveDataspace> existing(ClassScope scope) {
    return Optional.ofNullable(sources.get(scope)).map(source -> source.live);
  }

  @Override
  public LiveDataspace begin(TestRun test) {
    ClassScope scope = test.scope();
    Optional<SnapshotReference> named =
        test.rollbackTo()
            .or(() -> Optional.of(blueprint.options().snapshot()).filter(name -> !name.isEmpty()))
            .map(
                name ->
                    LiveDataspace.resolve(home.dataspaces(), relatives(scope), List.of(), name));
    return make(scope, test.label(), named.or(() -> origin(scope)), false);
  }

  @Override
  public void end(TestRun test) {
    test.dataspace().close();
  }

  @Override
  public void leave(ClassScope scope) {
    Optional.ofNullable(sources.remove(scope)).ifPresent(this::close);
  }

  private void close(Source source) {
    source.baseline.ifPresent(baseline -> home.servers().discard(blueprint.spec(baseline)));
    source.live.close();
  }

  private LiveDataspace make(
      ClassScope scope, String user, Optional<SnapshotReference> from, boolean source) {
    DataspaceSpec spec = from.map(blueprint::spec).orElseGet(blueprint::spec);
    return new LiveDataspace(
        home,
        home.servers().take(spec),
        relatives(scope),
        user,
        blueprint.traceConnections(),
        source);
  }

  /** What the tests of a class begin with; empty for what the blueprint says. */
  private Optional<SnapshotReference> origin(ClassScope scope) {
    Optional<SnapshotReference> own = Optional.ofNullable(sources.get(scope)).map(Source::baseline);
    return own.isPresent() ? own : scope.parent().flatMap(this::origin);
  }

  /** The dataspaces whose snapshots a test of the class can name, the nearest first. */
  private List<String> relatives(ClassScope scope) {
    List<String> names = new ArrayList<>();
    Optional<ClassScope> at = Optional.of(scope);
    while (at.isPresent()) {
      existing(at.get()).map(LiveDataspace::name).ifPresent(names::add);
      at = at.get().parent();
    }
    return Stream.concat(names.stream(), blueprint.described().stream()).toList();
  }
}
