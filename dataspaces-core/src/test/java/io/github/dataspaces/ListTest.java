package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 6: listing. */
class ListTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachRuntime
  void showsWhatRunsIsPausedAndIsStopped(RuntimeChoice runtime) {
    Dataspace running = HOME.create(runtime);
    Dataspace paused = HOME.create(runtime);
    Dataspace stopped = HOME.create(runtime);
    paused.pause();
    stopped.stop();
    assertThat(HOME.dataspaces().list())
        .extracting(DataspaceInfo::name, DataspaceInfo::state, DataspaceInfo::runtime)
        .containsExactlyInAnyOrder(
            tuple(running.name(), "running", runtime.toString()),
            tuple(paused.name(), "paused", runtime.toString()),
            tuple(stopped.name(), "stopped", runtime.toString()));
  }

  @EachRuntime
  void tellsWhereItCameFromAndWhenItGoes(RuntimeChoice runtime) {
    Instant before = Instant.now();
    Dataspace origin = HOME.createWithItems(runtime);
    origin.snapshot("base", false);
    DataspaceSpec spec =
        HOME.spec(runtime)
            .from(new SnapshotReference(origin.name(), "base"))
            .ttl(Duration.ofHours(2))
            .build();
    Dataspace made = HOME.dataspaces().create(spec);
    DataspaceInfo info = made.info();
    assertThat(info.from()).contains(origin.name() + "/base");
    assertThat(info.created()).isBetween(before, Instant.now());
    assertThat(info.expires()).contains(info.created().plus(Duration.ofHours(2)));
    assertThat(info.url()).isEqualTo(made.connection().jdbcUrl());
    assertThat(info.size()).isGreaterThan(20_000_000);
    assertThat(info.cloner()).isIn("rsync", "reflink", "btrfs-subvolume", "copy");
    assertThat(origin.info().snapshots()).containsExactly("base");
    assertThat(origin.info().expires()).isEmpty();
  }

  @Test
  void changesNothingInTheHome() {
    Dataspace stopped = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    stopped.snapshot("base", false);
    stopped.stop();
    Map<String, String> before = Tree.ofHome(HOME.folder());
    HOME.dataspaces().list();
    stopped.info();
    HOME.dataspaces().snapshots(stopped.name());
    Tree.assertSame(Tree.ofHome(HOME.folder()), before);
  }

  @Test
  void isTheSameForAllWhoAskAtOnce() throws Exception {
    HOME.create(RuntimeChoice.EMBEDDED);
    List<DataspaceInfo> expected = withoutSize(HOME.dataspaces().list());
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<DataspaceInfo>>> answers =
          IntStream.range(0, 64)
              .mapToObj(i -> pool.submit(() -> withoutSize(HOME.dataspaces().list())))
              .toList();
      for (Future<List<DataspaceInfo>> answer : answers) {
        assertThat(answer.get()).isEqualTo(expected);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void neverShowsWhatIsGoneOrHalfMadeWhileOthersWork() throws Exception {
    Set<String> states = ConcurrentHashMap.newKeySet();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<?> work =
          pool.submit(
              () -> {
                for (int i = 0; i < 5; i++) {
                  HOME.create(RuntimeChoice.EMBEDDED).destroy(true);
                }
              });
      while (!work.isDone()) {
        HOME.dataspaces().list().forEach(info -> states.add(info.state()));
      }
      work.get();
    } finally {
      pool.shutdownNow();
    }
    assertThat(states).isNotEmpty().isSubsetOf("running", "stopped");
  }

  private static List<DataspaceInfo> withoutSize(List<DataspaceInfo> list) {
    return list.stream().map(ListTest::withoutSize).toList();
  }

  /** A running server's files grow. */
  private static DataspaceInfo withoutSize(DataspaceInfo info) {
    return new DataspaceInfo(
        info.name(),
        info.state(),
        info.flavour(),
        info.version(),
        info.runtime(),
        info.source(),
        info.host(),
        info.port(),
        info.url(),
        info.database(),
        info.username(),
        0,
        info.created(),
        info.expires(),
        info.from(),
        info.durable(),
        info.settings(),
        info.dataDirectory(),
        info.cloner(),
        info.snapshots());
  }
}
