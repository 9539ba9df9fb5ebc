package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.Eventually;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A session of an import whose work the server has undone, to end a deadlock, does it again. */
@Timeout(300)
class ImportDeadlockTest {

  @RegisterExtension static final TestHome HOME = TestHome.fresh();

  private static final String HEAD =
      "-- MySQL dump 10.13  Distrib 9.7\nSET FOREIGN_KEY_CHECKS=0, UNIQUE_CHECKS=0;\n";
  private static final String END = "-- Dump completed\n";

  /** How many statements are sent at once. */
  private static final int BATCH = 1000;

  @TempDir private Path out;

  private Imports imports(String script) throws IOException {
    Path dump = out.resolve("dump.sql");
    Files.writeString(dump, HEAD + script + END);
    return Imports.of(List.of(DumpSource.of(dump)));
  }

  private static String inserts(String table, int first, int last) {
    StringBuilder inserts = new StringBuilder();
    for (int i = first; i <= last; i++) {
      inserts.append("INSERT INTO %s VALUES (%d,%d);\n".formatted(table, i, i % 7));
    }
    return inserts.toString();
  }

  private static List<String> expected(int last) {
    return IntStream.rangeClosed(1, last).mapToObj(i -> i + "|" + i % 7).toList();
  }

  /**
   * Without unique checks, MariaDB locks a table that was empty for whoever is the first to insert
   * into it. Each of two batches begins with a table that the other one ends with.
   */
  @Test
  void sessionsOfAnImportThatWaitForEachOther() throws IOException {
    Assumptions.assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
    Dataspace made = HOME.create(EachMySql.NATIVE);
    int pairs = 10;
    StringBuilder script = new StringBuilder();
    for (int i = 1; i <= pairs; i++) {
      script.append("CREATE TABLE a%d (id int primary key, n int, key (n));\n".formatted(i));
      script.append("CREATE TABLE b%d (id int primary key, n int, key (n));\n".formatted(i));
      script.append(inserts("a" + i, 1, BATCH - 1)).append(inserts("b" + i, BATCH, BATCH));
      script.append(inserts("b" + i, 1, BATCH - 1)).append(inserts("a" + i, BATCH, BATCH));
    }
    made.importDump(imports(script.toString()));

    String deadlocks =
        "select variable_value from information_schema.global_status where variable_name = 'Innodb_deadlocks'";
    assertThat(Sql.on(made).query(deadlocks)).isNotEqualTo("0");
    for (String table : Sql.on(made).rows("show tables")) {
      assertThat(Sql.on(made).rows("select id, n from %s order by id".formatted(table)))
          .as(table)
          .isEqualTo(expected(BATCH));
    }
    HOME.assertTidy();
  }

  /** In MySQL, inserts of different rows hardly get into each other's way; a third session does. */
  @Test
  void aSessionOfAnImportThatWaitsForAnother() throws IOException {
    DockerEngine.require();
    Dataspace made = HOME.create("mysql:9.7");
    // before version 9 the server asks only once for a lock whose name is said as it is
    Sql.on(made)
        .run(
            "create table work (id int primary key)",
            "create procedure other() begin declare i int default 0; while is_used_lock(concat('other', left(i, 0))) is null and i < 6000 do do sleep(0.01); set i = i + 1; end while; end");
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> cross(Sql.on(made)));
    made.importDump(
        imports(
            "CREATE TABLE t (id int primary key, n int);\nCALL other();\n"
                + inserts("t", 1, 3 * BATCH)));
    other.join();

    String deadlocks =
        "select count from information_schema.innodb_metrics where name = 'lock_deadlocks'";
    assertThat(Sql.on(made).query(deadlocks)).isEqualTo("1");
    assertThat(Sql.on(made).rows("select id, n from t order by id")).isEqualTo(expected(3 * BATCH));
    HOME.assertTidy();
  }

  /** Has a row that the import brings, until that waits for it; then wants one that it has. */
  private static void cross(Sql sql) {
    try (Connection connection = begun(sql);
        Statement statement = connection.createStatement()) {
      statement.execute("select get_lock('other', 0)");
      Eventually.holds(
          "the import waits",
          () ->
              !sql.query(
                      "select variable_value from performance_schema.global_status where variable_name = 'Innodb_row_lock_current_waits'")
                  .equals("0"));
      statement.execute("insert into t values (%d, 0)".formatted(BATCH + 1));
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection begun(Sql sql) {
    AtomicReference<Connection> begun = new AtomicReference<>();
    boolean there =
        Eventually.within(
            Duration.ofMinutes(2),
            () -> {
              try {
                begun.set(tryToBegin(sql));
                return true;
              } catch (SQLException e) {
                // the import has not come so far
                return false;
              }
            });
    assertThat(there).as("the import has made its table").isTrue();
    return begun.get();
  }

  private static Connection tryToBegin(Sql sql) throws SQLException {
    Connection connection = sql.connect();
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("insert into t values (%d, 0)".formatted(BATCH + BATCH / 2));
      // who has done less is undone
      statement.execute(
          "insert into work with recursive n (i) as (select 1 union all select i + 1 from n where i < 1000) select i from n");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
