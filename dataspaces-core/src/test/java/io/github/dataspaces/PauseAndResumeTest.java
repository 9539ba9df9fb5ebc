package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 4: freezing and thawing; stopping and starting. */
class PauseAndResumeTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachRuntime
  void aPausedOneStallsItsQueriesUntilItIsResumed(RuntimeChoice runtime) throws Exception {
    Dataspace dataspace = HOME.createWithItems(runtime);
    Sql sql = Sql.on(dataspace);
    try (var connection = sql.connect();
        var statement = connection.createStatement()) {
      dataspace.pause();
      assertThat(dataspace.info().state()).isEqualTo("paused");
      CompletableFuture<Boolean> answer =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return statement.execute("insert into item values (1000, 'late')");
                } catch (java.sql.SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS));
      dataspace.resume();
      answer.get(20, TimeUnit.SECONDS);
    }
    assertThat(dataspace.info().state()).isEqualTo("running");
    assertThat(sql.query("select count(*), sum(id) from item")).isEqualTo("101|6050");
  }

  @EachRuntime
  void doingItTwiceIsDoingItOnce(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.create(runtime);
    dataspace.resume();
    dataspace.pause();
    dataspace.pause();
    assertThat(dataspace.info().state()).isEqualTo("paused");
    dataspace.resume();
    dataspace.resume();
    assertThat(Sql.on(dataspace).answers()).isTrue();
    dataspace.start();
    assertThat(Sql.on(dataspace).answers()).isTrue();
  }

  @EachRuntime
  void startThawsAPausedOneWithoutLosingItsSessions(RuntimeChoice runtime) throws Exception {
    Dataspace dataspace = HOME.create(runtime);
    try (var connection = Sql.on(dataspace).connect();
        var statement = connection.createStatement()) {
      statement.execute("create temporary table only_here (i int)");
      dataspace.pause();
      dataspace.start();
      assertThat(dataspace.info().state()).isEqualTo("running");
      statement.execute("select * from only_here");
    }
  }

  @EachRuntime
  void aPausedOneCanBeStopped(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    dataspace.pause();
    dataspace.stop();
    assertThat(dataspace.info().state()).isEqualTo("stopped");
    dataspace.start();
    assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
  }

  @EachRuntime
  void aPausedOneIsPausedAgainAfterASnapshot(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    dataspace.pause();
    dataspace.snapshot("frozen", false);
    assertThat(dataspace.info().state()).isEqualTo("paused");
    dataspace.resume();
    assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
  }

  @EachRuntime
  void aPausedOneCanBeDestroyed(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.create(runtime);
    dataspace.pause();
    dataspace.destroy(true);
    assertThat(HOME.dataspaces().find(dataspace.name())).isEmpty();
  }

  @EachRuntime
  void stopKeepsTheDataAndStartTheAddress(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    ConnectionInfo before = dataspace.connection();
    Sql.on(dataspace)
        .run("create unlogged table quick (i int)", "insert into quick values (1), (2)");
    dataspace.stop();
    assertThat(dataspace.info().state()).isEqualTo("stopped");
    assertThat(Sql.on(before).answers()).isFalse();
    dataspace.stop();
    dataspace.start();
    assertThat(dataspace.connection()).isEqualTo(before);
    assertThat(Sql.on(before).query("select (select count(*) from item), count(*) from quick"))
        .isEqualTo("100|2");
    dataspace.start();
    assertThat(dataspace.info().state()).isEqualTo("running");
  }

  @EachRuntime
  void aStoppedOneSaysSo(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.create(runtime);
    dataspace.stop();
    for (Runnable request :
        new Runnable[] {dataspace::pause, dataspace::resume, dataspace::connection}) {
      assertThatExceptionOfType(DataspaceException.class)
          .isThrownBy(request::run)
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_STATE))
          .withMessageContaining("is stopped")
          .withMessageContaining("mvn dataspaces:start -Ddataspaces.name=" + dataspace.name());
    }
  }
}
