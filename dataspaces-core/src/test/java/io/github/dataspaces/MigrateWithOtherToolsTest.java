package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.Migrations;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.Settings;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Logs;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Row 15, without Flyway: Liquibase, Alembic, and finding out what a project uses. */
class MigrateWithOtherToolsTest {

  private static final String ORDERS =
      """
      databaseChangeLog:
        - changeSet:
            id: orders
            author: me
            changes:
              - createTable:
                  tableName: orders
                  columns:
                    - column: { name: id, type: int }
                    - column: { name: item, type: varchar(20) }
        - include: { file: tea.sql, relativeToChangelogFile: true }
      """;

  private static final String TEA =
      """
      --liquibase formatted sql
      --changeset me:tea context:%s
      insert into orders values (1, 'tea');
      --changeset me:bread labels:food
      insert into orders values (2, '${what}');
      """;

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

  private static DataspaceException failure(Runnable action) {
    try {
      action.run();
    } catch (DataspaceException e) {
      return e;
    }
    throw new AssertionError("it did not fail");
  }

  @EachRuntime
  void liquibaseAppliesWhatIsMissing(RuntimeChoice runtime) throws IOException {
    write("src/main/resources/db/changelog/db.changelog-master.yaml", ORDERS);
    write("src/main/resources/db/changelog/tea.sql", TEA.formatted("test"));
    Migrations auto = migrations(Map.of("contexts", "test", "placeholders", "what=rye"));
    Dataspace made = HOME.create(runtime);
    made.snapshot("empty", false);
    String log =
        Logs.of(() -> assertThat(made.migrate(auto)).containsExactly("orders", "tea", "bread"));
    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("with Liquibase 4.33.0 in ")
        .endsWith("3 migrations applied (orders, tea, bread)");
    assertThat(Sql.on(made).query("select string_agg(item, ',') from orders")).isEqualTo("tea,rye");
    // the name that an application with this change log on its class path would give it
    assertThat(Sql.on(made).query("select min(filename) from databasechangelog"))
        .isEqualTo("db/changelog/db.changelog-master.yaml");
    assertThat(made.migrate(auto)).isEmpty();
    write(
        "src/main/resources/db/changelog/tea.sql",
        TEA.formatted("test") + "--changeset me:wrong\ninsert into oders values (3);\n");
    assertThat(failure(() -> made.migrate(auto)))
        .hasMessageContainingAll(
            "tea.sql::wrong::me", "insert into oders values (3)", "oders\" does not exist");
    write("src/main/resources/db/changelog/tea.sql", TEA.formatted("test"));
    made.rollback("empty");
    assertThat(Sql.on(made).query("select to_regclass('orders')")).isEqualTo("null");
    assertThat(made.migrate(auto)).hasSize(3);
  }

  @EachMySql
  void liquibaseKnowsMySql(String flavour) throws IOException {
    write("log.yaml", ORDERS);
    write("tea.sql", TEA.formatted("test"));
    Dataspace made = HOME.create(flavour);
    Migrations migrations = migrations(Map.of("changeLogFile", "log.yaml", "labels", "!food"));
    assertThat(made.migrate(migrations)).containsExactly("orders", "tea");
  }

  @Test
  void liquibaseReadsXmlAndJson() throws IOException {
    write(
        "log.xml",
        """
        <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
          <changeSet id="x" author="me"><sql>create table orders (id int)</sql></changeSet>
          <changeSet id="tag" author="me"><tagDatabase tag="first"/></changeSet>
          <include file="more.json"/>
        </databaseChangeLog>
        """);
    write(
        "more.json",
        """
        {"databaseChangeLog": [{"changeSet": {"id": "j", "author": "me",
          "changes": [{"sql": {"sql": "insert into orders values (1)"}}]}}]}
        """);
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    assertThat(made.migrate(migrations(Map.of("locations", "log.xml", "target", "first"))))
        .containsExactly("x", "tag");
    assertThat(made.migrate(migrations(Map.of("locations", "log.xml")))).containsExactly("j");
  }

  @Test
  void preparedStateFollowsAChangeLogThroughItsIncludes() throws IOException {
    write("log.yaml", ORDERS + "  - include: { file: other/more.json }\n");
    write("tea.sql", TEA.formatted("test"));
    write(
        "other/more.json",
        """
        {"databaseChangeLog": [{"changeSet": {"id": "j", "author": "me", "changes": [
          {"sqlFile": {"path": "other.place/insert.sql"}}]}}]}
        """);
    write("other.place/insert.sql", "insert into orders values (1, 'sencha')");
    Migrations migrations = migrations(Map.of("changeLogFile", "log.yaml"));
    assertThat(prepared(migrations)).contains("Prepared a migrated postgres");
    write("unrelated.txt", "in the project's folder");
    assertThat(prepared(migrations)).doesNotContain("Prepared");
    write("tea.sql", TEA.formatted("test") + "--changeset me:more\nselect 1;\n");
    assertThat(prepared(migrations)).contains("Prepared a migrated postgres");
    write("other.place/insert.sql", "insert into orders values (1, 'assam')");
    assertThat(prepared(migrations)).contains("Prepared a migrated postgres");
  }

  private String prepared(Migrations migrations) {
    DataspaceSpec spec = HOME.spec(RuntimeChoice.EMBEDDED).migrations(migrations).build();
    return Logs.of(
        () -> {
          Dataspace made = HOME.dataspaces().create(spec);
          assertThat(Sql.on(made).query("select to_regclass('orders')")).isEqualTo("orders");
        });
  }

  private void writeAlembic(String statement) throws IOException {
    DockerEngine.requireThat(
        Command.exists("alembic"), "alembic is not installed: what needs it is skipped");
    write("alembic.ini", "[alembic]\nscript_location = migrations\n");
    write(
        "migrations/env.py",
        """
        import os
        from alembic import context
        from sqlalchemy import create_engine
        with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
            context.configure(connection=connection)
            with context.begin_transaction():
                context.run_migrations()
        """);
    write(
        "migrations/versions/0001_orders.py",
        """
        from alembic import op
        revision = "0001"
        down_revision = None
        def upgrade():
            op.execute("%s")
        """
            .formatted(statement));
  }

  @EachRuntime
  void alembicIsRunAsACommand(RuntimeChoice runtime) throws IOException {
    writeAlembic("create table orders (id int)");
    Dataspace made = HOME.create(runtime);
    made.snapshot("empty", false);
    String log = Logs.of(() -> made.migrate(migrations(Map.of())));
    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("with 'alembic upgrade head' in ", "it succeeded");
    assertThat(Sql.on(made).query("select version_num from alembic_version")).isEqualTo("0001");
    made.rollback("empty");
    writeAlembic("create table orders (id nonsense)");
    DataspaceException failure = failure(() -> made.migrate(migrations(Map.of())));
    assertThat(failure)
        .hasMessageContainingAll(
            "'alembic upgrade head' failed",
            "it ended with 1",
            "create table orders (id nonsense)");
    assertThat(failure.getMessage()).doesNotContain(made.connection().password());
    made.rollback("empty");
  }

  @Test
  void alembicsResultIsKept() throws IOException {
    writeAlembic("create table orders (id int)");
    assertThat(prepared(migrations(Map.of()))).contains("Prepared a migrated postgres");
    assertThat(prepared(migrations(Map.of()))).doesNotContain("Prepared");
    writeAlembic("create table orders (id int, item text)");
    assertThat(prepared(migrations(Map.of()))).contains("Prepared a migrated postgres");
  }

  @Test
  void aCommandSeesTheDatabaseAndIsRunInTheProject() {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    made.migrate(
        migrations(
            Map.of("command", "printf '%s ' \"$JDBC_URL\" \"$PGPORT\" \"$DB_USER\" > seen")));
    ConnectionInfo connection = made.connection();
    assertThat(project.resolve("seen"))
        .hasContent(connection.jdbcUrl() + " " + connection.port() + " dataspace ");
    DataspaceException failure =
        failure(() -> made.migrate(migrations(Map.of("command", "echo $PGPASSWORD; exit 3"))));
    assertThat(failure)
        .hasMessage(
            "The migration 'echo $PGPASSWORD; exit 3' failed, it ended with 3: ***."
                + " Correct it and run this again.");
    DataspaceSpec spec =
        HOME.spec(RuntimeChoice.EMBEDDED).migrations(migrations(Map.of("command", "true"))).build();
    assertThat(failure(() -> HOME.dataspaces().create(spec)))
        .hasMessageContaining("Name them with migrations.locations.");
  }

  @Test
  void migrationsForSeveralToolsAreTold() throws IOException {
    write("db/migration/V1__orders.sql", "create table orders (id int);");
    write("db/changelog/db.changelog-master.yaml", ORDERS);
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    DataspaceException failure = failure(() -> made.migrate(migrations(Map.of())));
    assertThat(failure.reason()).isEqualTo(Reason.INVALID);
    assertThat(failure)
        .hasMessage(
            "There are migrations for several tools: flyway, liquibase. Say which is meant with tool.");
    assertThat(made.migrate(migrations(Map.of("tool", "flyway")))).containsExactly("1 orders");
  }

  @Test
  void aToolThatIsNotThereIsTold() throws IOException {
    write("sql/V1__orders.sql", "create table orders (id int);");
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader empty =
        new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(empty);
      assertThat(failure(() -> made.migrate(migrations(Map.of("locations", "sql")))))
          .hasMessageStartingWith(
              "There is no Flyway on the class path. Add org.flywaydb:flyway-core");
      assertThat(failure(() -> made.migrate(migrations(Map.of("changeLogFile", "log.yaml")))))
          .hasMessage(
              "There is no Liquibase on the class path. Add org.liquibase:liquibase-core to the project's dependencies.");
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
