package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.Migrations;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.Settings;
import io.github.dataspaces.config.SqlScript;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Logs;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Row 15: Flyway, Liquibase and Alembic against real servers. */
class MigrateTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @TempDir private Path project;

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Migrations migrations(Map<String, String> settings) {
    return Migrations.of(Settings.map(settings), project);
  }

  private void writeFlyway() throws IOException {
    write("sql/V1__orders.sql", "create table orders (id int primary key, item varchar(20));");
    write("sql/V2__tea.sql", "insert into orders values (1, 'tea');");
  }

  private Migrations flyway() {
    return migrations(Map.of("tool", "flyway", "locations", "sql"));
  }

  private static String count(Dataspace dataspace) {
    return Sql.on(dataspace).query("select count(*) from orders");
  }

  private static DataspaceException failure(Runnable action) {
    try {
      action.run();
    } catch (DataspaceException e) {
      return e;
    }
    throw new AssertionError("it did not fail");
  }

  @EachRuntime
  void flywayAppliesWhatIsMissingAndARollbackUndoesIt(RuntimeChoice runtime) throws IOException {
    writeFlyway();
    Dataspace made = HOME.create(runtime);
    made.snapshot("empty", false);
    String log =
        Logs.of(() -> assertThat(made.migrate(flyway())).containsExactly("1 orders", "2 tea"));
    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("Migrated '" + made.name() + "' with Flyway 13.12.0 in ")
        .endsWith("2 migrations applied (1 orders, 2 tea)");
    assertThat(count(made)).isEqualTo("1");
    write("sql/V3__bread.sql", "insert into orders values (2, 'bread');");
    assertThat(made.migrate(flyway())).containsExactly("3 bread");
    assertThat(made.migrate(flyway())).isEmpty();
    made.rollback("empty");
    assertThat(Sql.on(made).query("select to_regclass('orders')")).isEqualTo("null");
    assertThat(made.migrate(flyway())).hasSize(3);
  }

  @EachRuntime
  void aFailingMigrationIsNamedWithItsStatement(RuntimeChoice runtime) throws IOException {
    writeFlyway();
    Dataspace made = HOME.create(runtime);
    made.snapshot("empty", false);
    write(
        "sql/V3__bread.sql",
        "insert into orders values (2, 'bread');\ninsert into oders values (3);");
    DataspaceException failure = failure(() -> made.migrate(flyway()));
    assertThat(failure.reason()).isEqualTo(Reason.INVALID);
    assertThat(failure)
        .hasMessageContainingAll(
            "V3__bread.sql", "insert into oders values (3)", "oders\" does not exist");
    assertThat(failure.getMessage()).doesNotContain(made.connection().password());
    assertThat(count(made)).isEqualTo("1");
    made.rollback("empty");
    assertThat(Sql.on(made).query("select to_regclass('orders')")).isEqualTo("null");
  }

  @EachMySql
  void flywayKnowsMySql(String flavour) throws IOException {
    writeFlyway();
    Dataspace made = HOME.create(flavour);
    assertThat(made.migrate(flyway())).containsExactly("1 orders", "2 tea");
    assertThat(count(made)).isEqualTo("1");
    write("sql/V3__bread.sql", "insert into oders values (3);");
    assertThat(failure(() -> made.migrate(flyway())))
        .hasMessageContainingAll("V3__bread.sql", "insert into oders values (3)");
  }

  @Test
  void preparedStateIsKeptUntilAMigrationChanges() throws IOException {
    writeFlyway();
    SqlScript seed = new SqlScript("seed.sql", "insert into orders values (9, 'seed')");
    String first = Logs.of(() -> assertThat(count(create(flyway(), seed))).isEqualTo("2"));
    assertThat(first).contains("Prepared a migrated postgres", "Prepared a seeded postgres");
    String second = Logs.of(() -> assertThat(count(create(flyway(), seed))).isEqualTo("2"));
    assertThat(second).doesNotContain("Prepared");
    write("sql/V2__tea.sql", "insert into orders values (1, 'tea'), (2, 'more tea');");
    String third = Logs.of(() -> assertThat(count(create(flyway(), seed))).isEqualTo("3"));
    assertThat(third).contains("Prepared a migrated postgres", "Prepared a seeded postgres");
    write("sql/more/V3__bread.sql", "insert into orders values (3, 'bread');");
    assertThat(count(create(flyway(), seed))).isEqualTo("4");
  }

  @Test
  void nothingIsMadeOfAFailingMigration() throws IOException {
    write("sql/V1__orders.sql", "create table orders (id int); select nonsense;");
    DataspaceSpec spec = HOME.spec(RuntimeChoice.EMBEDDED).migrations(flyway()).build();
    assertThat(failure(() -> HOME.dataspaces().create(spec)))
        .hasMessageContainingAll("V1__orders.sql", "nonsense");
    assertThat(HOME.dataspaces().find(spec.name())).isEmpty();
    write("sql/V1__orders.sql", "create table orders (id int);");
    assertThat(count(HOME.dataspaces().create(spec))).isEqualTo("0");
  }

  private Dataspace create(Migrations migrations, SqlScript... seed) {
    return HOME.dataspaces()
        .create(
            HOME.spec(RuntimeChoice.EMBEDDED).migrations(migrations).seed(List.of(seed)).build());
  }

  @Test
  void flywayKnowsPlaceholdersATargetAndSeveralLocations() throws IOException {
    writeFlyway();
    write("more/V3__bread.sql", "insert into orders values (3, '${what}');");
    write("more/V4__late.sql", "drop table orders;");
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    List<String> applied =
        made.migrate(
            migrations(
                Map.of("locations", "sql, more", "target", "3", "placeholders", "what=rye, x=y")));
    assertThat(applied).containsExactly("1 orders", "2 tea", "3 bread");
    assertThat(Sql.on(made).query("select item from orders where id = 3")).isEqualTo("rye");
  }

  @Test
  void callbacksAreRunAndAreContent() throws IOException {
    writeFlyway();
    write("sql/afterMigrate.sql", "insert into orders values (7, 'callback');");
    assertThat(count(create(flyway()))).isEqualTo("2");
    write("sql/afterMigrate.sql", "insert into orders values (7, 'one'), (8, 'two');");
    assertThat(count(create(flyway()))).isEqualTo("3");
  }

  @Test
  void aPlaceThatIsNotThereIsTold() {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> made.migrate(flyway()))
        .withMessage(
            "There are no migrations in %s. Check the path, or write 'classpath:' before the name of a resource.",
            project.resolve("sql"));
    assertThat(failure(() -> made.migrate(migrations(Map.of("locations", "classpath:none")))))
        .hasMessage(
            "There are no migrations in classpath:none. Check the name, and that the project is compiled.");
    assertThat(failure(() -> made.migrate(migrations(Map.of()))).reason())
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void migrationsInAJarOnTheClassPathAreFoundAndTheirChangeIsSeen() throws IOException {
    Migrations inJar = migrations(Map.of("locations", "classpath:jarred"));
    DataspaceSpec spec = HOME.spec(RuntimeChoice.EMBEDDED).migrations(inJar).build();
    String first = withJar("create table orders (jar int);", () -> HOME.dataspaces().create(spec));
    assertThat(first).contains("Prepared a migrated postgres");
    DataspaceSpec again = spec.as(HOME.name());
    String second =
        withJar("create table orders (jar int);", () -> HOME.dataspaces().create(again));
    assertThat(second).doesNotContain("Prepared");
    DataspaceSpec changed = spec.as(HOME.name());
    String third =
        withJar("create table orders (no int);", () -> HOME.dataspaces().create(changed));
    assertThat(third).contains("Prepared a migrated postgres");
    assertThat(Sql.on(HOME.dataspaces().get(changed.name())).rows("select no from orders"))
        .isEmpty();
  }

  private String withJar(String sql, Runnable action) throws IOException {
    Path jar = project.resolve("migrations.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("jarred/"));
      out.putNextEntry(new ZipEntry("jarred/V1__orders.sql"));
      out.write(sql.getBytes(StandardCharsets.UTF_8));
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      return Logs.of(action);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void nothingOfAHalfPreparedTemplateIsLeft() throws IOException {
    writeFlyway();
    write("sql/V3__wrong.sql", "select nonsense;");
    DataspaceSpec spec = HOME.spec(RuntimeChoice.EMBEDDED).migrations(flyway()).build();
    failure(() -> HOME.dataspaces().create(spec));
    HOME.assertTidy();
  }
}
