package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever is done to dataspaces and snapshots, in whatever order: each has the state and the
 * content that follows from it. {@code -Dtest.fuzz.steps} and {@code -Dtest.fuzz.seed} for a longer
 * search.
 */
@Timeout(300)
class AnyOrderTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static final int STEPS = Integer.getInteger("test.fuzz.steps", 30);
  private static final long SEED = Long.getLong("test.fuzz.seed", 1);
  private static final int MOST_DATASPACES = 3;
  private static final int MOST_SNAPSHOTS = 3;
  private static final int KINDS_OF_STEPS = 13;

  private final Random random = new Random(SEED);
  private final Dataspaces all = HOME.dataspaces();
  private final Map<String, Expected> dataspaces = new TreeMap<>();
  private final Map<String, Integer> snapshots = new TreeMap<>();
  private final List<String> done = new ArrayList<>();
  private final Set<String> names = new TreeSet<>();

  private record Expected(String state, int content) {
    boolean is(String other) {
      return state.equals(other);
    }

    Expected in(String other) {
      return new Expected(other, content);
    }

    Expected with(int other) {
      return new Expected(state, other);
    }
  }

  @ParameterizedTest
  @ExtendWith(EachRuntime.NeedsDocker.class)
  @CsvSource({"postgres, EMBEDDED", "mariadb:11.8, DOCKER"})
  void eachIsWhatFollows(String flavour, RuntimeChoice runtime) {
    for (int i = 0; i < STEPS; i++) {
      if (dataspaces.isEmpty()) {
        create(flavour, runtime);
      } else {
        step(any(dataspaces.keySet()), snapshots.isEmpty() ? "" : any(snapshots.keySet()));
      }
      check();
    }
    dataspaces.keySet().forEach(name -> all.get(name).destroy(false));
    snapshots.keySet().forEach(known -> all.deleteSnapshot(SnapshotReference.parse(known, "")));
    assertThat(known()).as(done.toString()).isEmpty();
  }

  private void step(String name, String snapshot) {
    Expected expected = dataspaces.get(name);
    switch (random.nextInt(snapshot.isEmpty() ? KINDS_OF_STEPS - 4 : KINDS_OF_STEPS)) {
      case 0 -> become(name, "stopped", all.get(name)::stop);
      case 1, 2 -> become(name, "running", all.get(name)::start);
      case 3 -> {
        if (!expected.is("stopped")) {
          become(name, "paused", all.get(name)::pause);
        }
      }
      case 4 -> {
        if (!expected.is("stopped")) {
          become(name, "running", all.get(name)::resume);
        }
      }
      case 5 -> copy(name);
      case 6 -> write(name);
      case 7 -> take(name);
      case 8 -> {
        if (random.nextBoolean()) {
          destroy(name);
        }
      }
      case 9, 10 -> rollback(name, snapshot);
      case 11 -> createFrom(snapshot);
      default -> delete(snapshot);
    }
  }

  private void create(String flavour, RuntimeChoice runtime) {
    String name = nextName();
    done.add("create " + name);
    DataspaceSpec spec = DataspaceSpec.named(name).flavour(flavour).runtime(runtime).build();
    Sql.on(all.create(spec)).run("create table t (v int)", "insert into t values (0)");
    dataspaces.put(name, new Expected("running", 0));
  }

  private void createFrom(String snapshot) {
    if (dataspaces.size() < MOST_DATASPACES) {
      String name = nextName();
      done.add("create %s from %s".formatted(name, snapshot));
      all.create(DataspaceSpec.named(name).from(SnapshotReference.parse(snapshot, "")).build());
      dataspaces.put(name, new Expected("running", snapshots.get(snapshot)));
    }
  }

  private void become(String name, String state, Runnable action) {
    done.add("%s is to be %s".formatted(name, state));
    action.run();
    dataspaces.computeIfPresent(name, (key, expected) -> expected.in(state));
  }

  private void copy(String name) {
    if (dataspaces.size() < MOST_DATASPACES) {
      String copy = nextName();
      done.add("copy %s to %s".formatted(name, copy));
      all.get(name).copy(copy);
      dataspaces.put(copy, dataspaces.get(name).in("running"));
    }
  }

  private void write(String name) {
    if (dataspaces.get(name).is("running")) {
      int content = done.size();
      done.add("write %d into %s".formatted(content, name));
      Sql.on(all.get(name)).run("update t set v = " + content);
      dataspaces.computeIfPresent(name, (key, expected) -> expected.with(content));
    }
  }

  private void take(String name) {
    String snapshot = "s" + random.nextInt(MOST_SNAPSHOTS);
    done.add("take %s of %s".formatted(snapshot, name));
    String known = name + "/" + snapshot;
    all.get(name).snapshot(snapshot, snapshots.containsKey(known));
    snapshots.put(known, dataspaces.get(name).content());
  }

  private void destroy(String name) {
    boolean withSnapshots = random.nextBoolean();
    done.add("destroy %s%s".formatted(name, withSnapshots ? " and its snapshots" : ""));
    all.get(name).destroy(withSnapshots);
    dataspaces.remove(name);
    snapshots.keySet().removeIf(known -> withSnapshots && known.startsWith(name + "/"));
  }

  private void rollback(String name, String snapshot) {
    done.add("roll %s back to %s".formatted(name, snapshot));
    all.get(name).rollback(SnapshotReference.parse(snapshot, ""));
    dataspaces.computeIfPresent(name, (key, was) -> was.with(snapshots.get(snapshot)));
  }

  private void delete(String snapshot) {
    done.add("delete " + snapshot);
    all.deleteSnapshot(SnapshotReference.parse(snapshot, ""));
    snapshots.remove(snapshot);
  }

  private void check() {
    dataspaces.forEach(
        (name, expected) -> {
          Dataspace dataspace = all.get(name);
          assertThat(dataspace.info().state()).as(done.toString()).isEqualTo(expected.state());
          if (expected.is("running")) {
            assertThat(Sql.on(dataspace).query("select v from t"))
                .as(done.toString())
                .isEqualTo(String.valueOf(expected.content()));
          }
        });
    assertThat(known()).as(done.toString()).isEqualTo(snapshots.keySet());
  }

  private Set<String> known() {
    Set<String> known = new TreeSet<>();
    for (String name : names) {
      all.snapshots(name).forEach(info -> known.add(name + "/" + info.name()));
    }
    return known;
  }

  private String nextName() {
    String name = HOME.name();
    names.add(name);
    return name;
  }

  private <T> T any(Set<T> of) {
    return List.copyOf(of).get(random.nextInt(of.size()));
  }
}
