package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.DumpTools;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes an import faster holds for its time and its sessions only. Dumps note it. */
@Timeout(300)
class ImportSettingsTest {

  @RegisterExtension static final TestHome HOME = TestHome.fresh();

  /** Redo log, statistics of tables that change, and memory for pages in MB. */
  private static final String MYSQL_SETTINGS =
      """
      select variable_value, @@global.innodb_stats_auto_recalc, @@global.innodb_buffer_pool_size div 1048576
      from performance_schema.global_status where variable_name = 'Innodb_redo_log_enabled'
      """;

  private static final String MARIADB_SETTINGS =
      "select @@global.innodb_stats_auto_recalc, @@global.innodb_buffer_pool_size div 1048576";

  /** Notes who asks. Only a function that changes nothing may be in an index: it calls this one. */
  private static final String NOTING =
      """
      CREATE TABLE public.noted (statement text, session integer, workers text);
      CREATE FUNCTION public.note() RETURNS void LANGUAGE sql AS $$
        INSERT INTO public.noted VALUES (upper(split_part(current_query(), ' ', 1)), pg_backend_pid(), current_setting('max_parallel_maintenance_workers')) $$;
      CREATE FUNCTION public.noting(n integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS $$
        BEGIN PERFORM public.note(); RETURN n; END $$;
      """;

  /** Of one size, and more than there are sessions: none of them is alone at work to the end. */
  private static final int TABLES = 10;

  @TempDir private Path out;

  private Imports imports(String... parts) throws IOException {
    Path dump = out.resolve("dump.sql");
    Files.writeString(dump, String.join("", parts));
    return Imports.of(List.of(DumpSource.of(dump)));
  }

  private Imports mySqlDump(String... parts) throws IOException {
    return imports("-- MySQL dump 10.13\n", String.join("", parts), "-- Dump completed\n");
  }

  @Test
  void mySqlLogsAgainAfterAnImport() throws IOException {
    DockerEngine.require();
    Dataspace made = HOME.create("mysql:9.7");
    // values that are not the server's own, and go with its files
    Sql.on(made)
        .run(
            "set persist innodb_stats_auto_recalc = off",
            "set persist innodb_buffer_pool_size = 128 * 1024 * 1024");
    made.importDump(mySqlDump("CREATE TABLE noted AS ", MYSQL_SETTINGS, ";\n"));
    assertThat(Sql.on(made).query("select * from noted")).isEqualTo("OFF|0|256");
    assertThat(Sql.on(made).query(MYSQL_SETTINGS)).isEqualTo("ON|0|128");
  }

  @Test
  void mySqlLogsAfterAnImportThatFailed() throws IOException {
    DockerEngine.require();
    Dataspace made = HOME.create("mysql:9.7");
    Sql.on(made)
        .run(
            "create procedure fail() begin declare noted text; select concat_ws('|', s.a, s.b, s.c) into noted from (%s) s (a, b, c); signal sqlstate '45000' set message_text = noted; end"
                .formatted(MYSQL_SETTINGS));
    String before = Sql.on(made).query(MYSQL_SETTINGS);
    Imports failing = mySqlDump("CREATE TABLE t (id int primary key);\nCALL fail();\n");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> made.importDump(failing))
        .withMessageContaining("OFF|0|256");
    assertThat(before).isEqualTo("ON|1|64");
    assertThat(Sql.on(made).query(MYSQL_SETTINGS)).isEqualTo(before);
    assertThat(Sql.on(made).query("show tables")).isEmpty();
    HOME.assertTidy();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mariadb:11.8", EachMySql.NATIVE})
  @ExtendWith(EachRuntime.NeedsDocker.class)
  void mariaDbIsAsItWasAfterAnImport(String flavour) throws IOException {
    Dataspace made = HOME.create(flavour);
    String before = Sql.on(made).query(MARIADB_SETTINGS);
    made.importDump(mySqlDump("CREATE TABLE noted AS ", MARIADB_SETTINGS, ";\n"));
    assertThat(Sql.on(made).query("select * from noted")).isEqualTo("0|256");
    assertThat(Sql.on(made).query(MARIADB_SETTINGS)).isEqualTo(before).startsWith("1|");
  }

  @Test
  void postgresMakesIndexesOfManyTablesWithOneProcessEach() throws IOException {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    String usual = workers(made);
    made.importDump(postgresDump(TABLES));
    assertThat(workersOf(made, "CREATE")).containsExactly("0");
    // the session of the dump, before and after, and the one that renews statistics
    assertThat(workersOf(made, "SELECT")).containsExactly(usual);
    assertThat(workersOf(made, "ANALYZE")).containsExactly(usual);
    assertThat(workers(made)).isEqualTo(usual).isNotEqualTo("0");
  }

  @Test
  void thoseOfAnArchiveToo() throws IOException {
    DockerEngine.require();
    Dataspace from = HOME.create(RuntimeChoice.EMBEDDED);
    from.importDump(postgresDump(TABLES));
    Sql.on(from).run("truncate noted");
    DumpTools.pgDump("postgres:18", from, out, "--format=custom", "--file=/out/dump.archive");
    Dataspace to = HOME.create(RuntimeChoice.EMBEDDED);
    to.importDump(Imports.of(List.of(DumpSource.of(out.resolve("dump.archive")))));
    assertThat(workersOf(to, "CREATE")).containsExactly("0");
    assertThat(workersOf(to, "ANALYZE")).containsExactly(workers(to));
    assertThat(workers(to)).isNotEqualTo("0");
  }

  /** There is nobody else to leave processors to. */
  @Test
  void postgresMakesIndexesOfOneTableWithAllProcesses() throws IOException {
    Assumptions.assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    made.importDump(postgresDump(1));
    assertThat(workersOf(made, "CREATE")).containsExactly(workers(made));
  }

  private Imports postgresDump(int tables) throws IOException {
    StringBuilder script = new StringBuilder("--\n-- PostgreSQL database dump\n--\n" + NOTING);
    for (int i = 1; i <= tables; i++) {
      script.append("CREATE TABLE public.t%d (n integer);\n".formatted(i));
      script.append("COPY public.t%d (n) FROM stdin;\n%d\n\\.\n".formatted(i, i));
    }
    script.append("SELECT public.note();\n");
    for (int i = 1; i <= tables; i++) {
      script.append(
          "CREATE INDEX i%d ON public.t%d USING btree (public.noting(n));\n".formatted(i, i));
    }
    script.append("SELECT public.note();\n--\n-- PostgreSQL database dump complete\n--\n");
    return imports(script.toString());
  }

  private static List<String> workersOf(Dataspace made, String statement) {
    return Sql.on(made)
        .rows("select distinct workers from noted where statement = '%s'".formatted(statement));
  }

  private static String workers(Dataspace made) {
    return Sql.on(made).query("show max_parallel_maintenance_workers");
  }
}
