package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.Tree;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 12: a new dataspace from a snapshot. */
class CreateFromSnapshotTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachRuntime
  void isANewIndependentDatabase(RuntimeChoice runtime) {
    Dataspace origin = HOME.createWithItems(runtime);
    origin.snapshot("base", false);
    Map<String, String> snapshot = HOME.snapshotTree(origin.name(), "base");
    SnapshotReference base = new SnapshotReference(origin.name(), "base");
    Dataspace first = HOME.dataspaces().create(HOME.spec(RuntimeChoice.AUTO).from(base).build());
    Dataspace second =
        HOME.dataspaces()
            .create(HOME.spec(runtime).flavour("postgres:18").password("other").from(base).build());
    assertThat(first.info().runtime()).isEqualTo(runtime.toString());
    assertThat(second.connection().password()).isEqualTo("other");
    assertThat(first.info().port()).isNotEqualTo(second.info().port());

    Sql.on(first).run("delete from item where id > 10");
    Sql.on(second).run("insert into item values (101, 'more')");
    assertThat(count(origin)).isEqualTo("100");
    assertThat(count(first)).isEqualTo("10");
    assertThat(count(second)).isEqualTo("101");
    origin.destroy(false);
    assertThat(count(first)).isEqualTo("10");
    Tree.assertSame(HOME.snapshotTree(origin.name(), "base"), snapshot);
  }

  @EachRuntime
  void anotherMajorVersionRuntimeDatabaseOrUserIsRefused(RuntimeChoice runtime) {
    Dataspace origin = HOME.create(runtime);
    origin.snapshot("base", false);
    SnapshotReference base = new SnapshotReference(origin.name(), "base");
    refused(HOME.spec(runtime).flavour("postgres:15").from(base).build(), "postgres:15");
    refused(HOME.spec(other(runtime)).from(base).build(), other(runtime).toString());
    refused(HOME.spec(runtime).database("shop").from(base).build(), "database=shop");
    refused(HOME.spec(runtime).username("keeper").from(base).build(), "username=keeper");
    refused(HOME.spec(RuntimeChoice.AUTO).image("postgres:17").from(base).build(), "postgres:17");
  }

  @EachRuntime
  void aSnapshotOfAnotherMajorVersionIsRefusedForARollback(RuntimeChoice runtime) {
    Dataspace old = HOME.dataspaces().create(HOME.spec(runtime).flavour("postgres:15").build());
    old.snapshot("base", false);
    Dataspace current = HOME.createWithItems(runtime);
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> current.rollback(new SnapshotReference(old.name(), "base")))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE))
        .withMessageContaining("postgres 15.")
        .withMessageContaining("postgres 18.");
    assertThat(count(current)).isEqualTo("100");
  }

  @Test
  void keepsThePasswordOfTheSnapshotUnlessAnotherIsAskedFor() {
    Dataspace origin =
        HOME.dataspaces().create(HOME.spec(RuntimeChoice.EMBEDDED).password("secret").build());
    origin.snapshot("base", false);
    SnapshotReference base = new SnapshotReference(origin.name(), "base");
    Dataspace heir = HOME.dataspaces().create(HOME.spec(RuntimeChoice.EMBEDDED).from(base).build());
    assertThat(heir.connection().password()).isEqualTo("secret");
    assertThat(Sql.on(heir).answers()).isTrue();
  }

  private static void refused(DataspaceSpec spec, String named) {
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> HOME.dataspaces().create(spec))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE))
        .satisfies(e -> assertThat(e.remedy()).isNotBlank())
        .withMessageContaining(named);
    assertThat(HOME.folderOf(spec.name())).doesNotExist();
  }

  private static RuntimeChoice other(RuntimeChoice runtime) {
    return runtime == RuntimeChoice.DOCKER ? RuntimeChoice.EMBEDDED : RuntimeChoice.DOCKER;
  }

  private static String count(Dataspace dataspace) {
    return Sql.on(dataspace).query("select count(*) from item");
  }
}
