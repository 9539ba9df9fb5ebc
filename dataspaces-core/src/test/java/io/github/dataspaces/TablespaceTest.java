package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.LogicalDump;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files that a server keeps outside of its data directory. */
class TablespaceTest {

  private static final String IN_CONTAINER = "/var/lib/postgresql/data/far";

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachRuntime
  void areInTheSnapshotAndPutBackWithIt(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.create(runtime);
    String location = location(dataspace, "far");
    Sql sql = fill(dataspace, location);
    dataspace.snapshot("base", false);
    String before = LogicalDump.of(dataspace);
    for (int round = 0; round < 2; round++) {
      sql.run("delete from far_away where i > 10", "create table more (i int) tablespace far");
      dataspace.rollback("base");
      assertThat(LogicalDump.of(dataspace)).isEqualTo(before);
    }
    sql.run("drop table far_away", "drop tablespace far");
    dataspace.rollback("base");
    assertThat(LogicalDump.of(dataspace)).isEqualTo(before);
    assertThat(
            sql.query(
                "select pg_tablespace_location(oid) from pg_tablespace where spcname = 'far'"))
        .isEqualTo(location);
  }

  @EachRuntime
  void ofACopyAreItsOwn(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.create(runtime);
    fill(dataspace, location(dataspace, "far"));
    Dataspace copy = dataspace.copy(HOME.name());
    dataspace.snapshot("base", false);
    Dataspace heir =
        HOME.dataspaces()
            .create(
                HOME.spec(runtime).from(new SnapshotReference(dataspace.name(), "base")).build());
    Sql.on(copy).run("delete from far_away where i > 10", "checkpoint");
    Sql.on(heir).run("delete from far_away where i > 20", "checkpoint");
    assertThat(rows(dataspace)).isEqualTo("1000");
    copy.stop();
    copy.start();
    copy.snapshot("own", false);
    Sql.on(copy).run("drop table far_away");
    copy.rollback("own");
    assertThat(rows(copy)).isEqualTo("10");
    copy.destroy(true);
    assertThat(rows(heir)).isEqualTo("20");
    assertThat(rows(dataspace)).isEqualTo("1000");
    dataspace.rollback("base");
    assertThat(rows(dataspace)).isEqualTo("1000");
    dataspace.destroy(true);
    assertThat(rows(heir)).isEqualTo("20");
  }

  @Test
  void theLocationIsGivenBackEmptyWhenItsDataspaceGoes() throws IOException {
    Dataspace dataspace = HOME.create(RuntimeChoice.EMBEDDED);
    Path location = Path.of(location(dataspace, "far"));
    fill(dataspace, location.toString());
    dataspace.snapshot("base", false);
    dataspace.destroy(true);
    assertThat(location).isEmptyDirectory();
    try (Stream<Path> beside = Files.list(location.getParent())) {
      assertThat(beside).containsExactly(location);
    }

    Dataspace another = HOME.create(RuntimeChoice.EMBEDDED);
    fill(another, location.toString());
    assertThat(rows(another)).isEqualTo("1000");
    another.destroy(true);
    assertThat(location).isEmptyDirectory();
  }

  @Test
  void outsideOfAContainersMountAreRefusedBeforeAnythingIsLost() {
    DockerEngine.require();
    Dataspace dataspace = HOME.create(RuntimeChoice.DOCKER);
    makeFolder(dataspace, "/opt/lost");
    fill(dataspace, "/opt/lost");
    for (Runnable request :
        new Runnable[] {
          dataspace::stop,
          () -> dataspace.snapshot("base", false),
          () -> dataspace.copy(HOME.name())
        }) {
      assertThatExceptionOfType(DataspaceException.class)
          .isThrownBy(request::run)
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_STATE))
          .withMessageContaining("/opt/lost")
          .withMessageContaining("/var/lib/postgresql/data");
      assertThat(rows(dataspace)).isEqualTo("1000");
    }
    assertThat(dataspace.snapshots()).isEmpty();
  }

  private static Sql fill(Dataspace dataspace, String location) {
    return Sql.on(dataspace)
        .run(
            "create tablespace far location '" + location + "'",
            "create table far_away tablespace far as select generate_series(1, 1000) i",
            "create index on far_away (i) tablespace far");
  }

  private static String rows(Dataspace dataspace) {
    return Sql.on(dataspace).query("select count(*) from far_away");
  }

  /** A folder that the server may use, outside of its data directory. */
  private static String location(Dataspace dataspace, String name) {
    if (dataspace.info().runtime().equals("docker")) {
      makeFolder(dataspace, IN_CONTAINER);
      return IN_CONTAINER;
    }
    try {
      Path outside = HOME.folder().resolveSibling("outside-" + dataspace.name());
      return Files.createDirectories(outside.resolve(name)).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void makeFolder(Dataspace dataspace, String path) {
    String container = DockerEngine.containersOf(HOME.id(), dataspace.name()).get(0);
    DockerEngine.docker(
        "exec", "--user=0", container, "install", "-d", "-o", "postgres", "-m", "700", path);
  }
}
