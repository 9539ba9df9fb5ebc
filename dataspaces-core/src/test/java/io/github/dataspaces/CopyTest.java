package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 14: copying a dataspace. */
class CopyTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachRuntime
  void writesAreIsolatedBothWays(RuntimeChoice runtime) {
    Dataspace source = HOME.createWithItems(runtime);
    ConnectionInfo before = source.connection();
    Dataspace copy = source.copy(HOME.name());
    assertThat(source.connection()).isEqualTo(before);
    assertThat(copy.info().from()).contains(source.name());
    assertThat(copy.info().port()).isNotEqualTo(before.port());
    Sql.on(source).run("delete from item where id > 50");
    Sql.on(copy).run("insert into item select n, 'copied' from generate_series(101, 120) n");
    assertThat(Sql.on(source).query("select count(*) from item")).isEqualTo("50");
    assertThat(Sql.on(copy).query("select count(*) from item")).isEqualTo("120");
    source.destroy(true);
    assertThat(Sql.on(copy).query("select count(*) from item")).isEqualTo("120");
  }

  @EachRuntime
  void ofAStoppedOneRunsAndLeavesItStopped(RuntimeChoice runtime) {
    Dataspace source = HOME.createWithItems(runtime);
    source.stop();
    Dataspace copy = source.copy(HOME.name());
    assertThat(source.info().state()).isEqualTo("stopped");
    assertThat(Sql.on(copy).query("select count(*) from item")).isEqualTo("100");
  }

  @Test
  void doesNotReplaceWhatIsThere() {
    Dataspace source = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    Dataspace taken = HOME.create(RuntimeChoice.EMBEDDED);
    for (String to : new String[] {taken.name(), source.name()}) {
      assertThatExceptionOfType(DataspaceException.class)
          .isThrownBy(() -> source.copy(to))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ALREADY_EXISTS))
          .satisfies(e -> assertThat(e.remedy()).doesNotContain("ifExists"))
          .withMessageContaining("'" + to + "'");
    }
    assertThat(Sql.on(source).query("select count(*) from item")).isEqualTo("100");
    assertThat(Sql.on(taken).query("select to_regclass('item')")).isEqualTo("null");
  }

  @Test
  void hasNoSnapshotsAndTheSamePassword() {
    Dataspace source = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    source.snapshot("base", false);
    Dataspace copy = source.copy(HOME.name());
    assertThat(copy.snapshots()).isEmpty();
    assertThat(copy.connection().password()).isEqualTo(source.connection().password());
  }
}
