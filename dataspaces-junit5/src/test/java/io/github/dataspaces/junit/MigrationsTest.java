package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dataspaces.config.DataspaceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 15 in tests: the schema is made by the project's migrations, once. */
class MigrationsTest {

  private static final String PREPARED = "Prepared a migrated postgres server";

  static final List<String> SEEN = new ArrayList<>();

  @Dataspace(
      migrations = "classpath:migrations/customers",
      seed = "classpath:more-customers.sql",
      isolation = Isolation.SHARED)
  static class Migrated {
    @Test
    void first(DataSource database) {
      SEEN.addAll(Sql.customers(database));
      Sql.add(database, "eve");
    }

    @Test
    void second(DataSource database) {
      SEEN.addAll(Sql.customers(database));
      Sql.execute(database, "drop table flyway_schema_history");
    }
  }

  @Dataspace(migrations = "classpath:migrations/log.yaml", isolation = Isolation.SHARED)
  static class MigratedByLiquibase {
    @Test
    void test(DataSource database) {
      SEEN.addAll(Sql.customers(database));
    }
  }

  static class Built {
    @RegisterExtension
    static final DataspaceExtension DATABASE =
        DataspaceExtension.builder().migrations("src/test/resources/migrations/customers").build();

    @Test
    void test(DataSource database) {
      SEEN.addAll(Sql.customers(database));
    }
  }

  @Dataspace(migrations = {"classpath:migrations/customers", "classpath:migrations/wrong"})
  static class Failing {
    @Test
    void test() {}
  }

  @Dataspace
  static class Unsaid {
    @Test
    void test(DataSource database) {
      SEEN.addAll(Sql.customers(database));
    }
  }

  @Test
  void everyTestBeginsMigratedAndSeeded() {
    SEEN.clear();
    SampleRun.of(Migrated.class).passes(2);
    assertThat(SEEN).containsExactly("ada", "bob", "ada", "bob");
    String again = SampleRun.log(() -> SampleRun.of(Migrated.class).passes(2));
    assertThat(again).doesNotContain("Prepared");
  }

  @Test
  void classesThatMigrateInAnotherWayShareNothing() {
    SEEN.clear();
    SampleRun.of(Migrated.class, MigratedByLiquibase.class).passes(3);
    assertThat(SEEN).containsExactlyInAnyOrder("ada", "bob", "ada", "bob", "liz");
  }

  @Test
  void aBuilderAndAParameterSayTheSame() {
    SEEN.clear();
    SampleRun.of(Built.class).passes(1);
    SampleRun.with(Map.of("dataspaces.migrations", "classpath:migrations/customers"), Unsaid.class)
        .passes(1);
    assertThat(SEEN).containsExactly("bob", "bob");
    assertThat(SampleRun.log(() -> SampleRun.of(Built.class).passes(1))).doesNotContain(PREPARED);
  }

  @Test
  void aFailingMigrationFailsTheClassAndIsNamed() {
    SampleRun run = SampleRun.of(Failing.class);
    assertThat(run.failures()).singleElement().isInstanceOf(DataspaceException.class);
    assertThat(run.failure())
        .contains("V3__wrong.sql", "custommer\" does not exist", "insert into custommer");
    assertThat(run.started()).isZero();
  }

  @Test
  void migrationsAndSnapshotContradictEachOther() {
    assertThatThrownBy(
            () -> DataspaceExtension.builder().migrations("sql").snapshot("shop/seeded").build())
        .hasMessage(
            "Both migrations and snapshot=\"shop/seeded\" were given. A snapshot brings its data"
                + " with it: leave out one of the two.");
  }
}
