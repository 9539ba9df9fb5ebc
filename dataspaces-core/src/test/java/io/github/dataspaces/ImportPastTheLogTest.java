package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.DumpTools;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of dumps go past PostgreSQL's log into tables that are new, and into no others. */
@Timeout(300)
class ImportPastTheLogTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static final String SETTINGS =
      "SELECT current_setting('wal_level'), current_setting('fsync')";

  private static final String NOTED = "CREATE TABLE public.noted (l, f) AS " + SETTINGS + ";";

  /** What is put in so, and only that, needs no look at who has committed it. */
  private static final String FROZEN =
      "select relallvisible = relpages and relpages > 0 from pg_class where relname = '%s'";

  @TempDir private Path out;

  private Imports dump(String... parts) throws IOException {
    Path dump = out.resolve("dump.sql");
    Files.writeString(
        dump,
        "--\n-- PostgreSQL database dump\n--\n%s\n--\n-- PostgreSQL database dump complete\n--\n"
            .formatted(String.join("\n", parts)));
    return Imports.of(List.of(DumpSource.of(dump)));
  }

  private static String rows(String table, int count) {
    StringBuilder copy = new StringBuilder("COPY %s FROM stdin;\n".formatted(table));
    for (int i = 1; i <= count; i++) {
      copy.append(i).append('\n');
    }
    return copy.append("\\.\n").toString();
  }

  @EachRuntime
  void newTablesAreFilledPastTheLog(RuntimeChoice runtime) throws IOException {
    Dataspace made = HOME.create(runtime);
    made.importDump(dump(NOTED, "CREATE TABLE public.t (n integer);", rows("public.t (n)", 100)));
    assertThat(Sql.on(made).query("select * from noted")).isEqualTo("minimal|off");
    assertThat(Sql.on(made).query(SETTINGS)).isEqualTo("replica|off");
    assertThat(count(made, "t")).isEqualTo("100|1|100");
    assertThat(isFrozen(made, "t")).isTrue();
    HOME.assertTidy();
  }

  @Test
  void thoseOfPreparedDataspacesToo() throws IOException {
    Imports imports = dump(NOTED, "CREATE TABLE public.t (n integer);", rows("public.t", 100));
    Dataspace made =
        HOME.dataspaces().create(HOME.spec(RuntimeChoice.EMBEDDED).imports(imports).build());
    assertThat(Sql.on(made).query("select * from noted")).isEqualTo("minimal|off");
    assertThat(Sql.on(made).query(SETTINGS)).isEqualTo("replica|off");
    assertThat(isFrozen(made, "t")).isTrue();
  }

  @Test
  void aDurableDataspaceIsDurableAfterwards() throws IOException {
    Dataspace made =
        HOME.dataspaces().create(HOME.spec(RuntimeChoice.EMBEDDED).durable(true).build());
    made.importDump(dump(NOTED));
    assertThat(Sql.on(made).query("select * from noted")).isEqualTo("minimal|off");
    assertThat(Sql.on(made).query(SETTINGS)).isEqualTo("replica|on");
  }

  /** A server with replication slots does not start without a log to replicate. */
  @EachRuntime
  void oneThatIsReplicatedLogs(RuntimeChoice runtime) throws IOException {
    Dataspace made = HOME.create(runtime);
    Sql.on(made).run("select pg_create_physical_replication_slot('slot')");
    made.importDump(dump(NOTED, "CREATE TABLE public.t (n integer);", rows("public.t", 100)));
    assertThat(Sql.on(made).query("select * from noted")).isEqualTo("replica|off");
    assertThat(Sql.on(made).query("select slot_name from pg_replication_slots")).isEqualTo("slot");
    assertThat(count(made, "t")).isEqualTo("100|1|100");
    HOME.assertTidy();
  }

  @Test
  void whatATableHasStays() throws IOException {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    Sql.on(made).run("create table t (n integer)", "insert into t values (1000)");
    made.importDump(dump(rows("public.t", 100), rows("public.t (n)", 50)));
    assertThat(count(made, "t")).isEqualTo("151|1|1000");
  }

  @Test
  void whatWatchesATableSeesNothingElse() throws IOException {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    made.importDump(
        dump(
            "CREATE TABLE public.seen (what text);",
            "CREATE TABLE public.t (n integer PRIMARY KEY);",
            "CREATE TABLE public.referring (n integer REFERENCES public.t);",
            "CREATE TABLE public.watched (n integer);",
            "CREATE FUNCTION public.see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.seen VALUES (TG_OP); RETURN NULL; END $$;",
            "CREATE TRIGGER see AFTER INSERT OR TRUNCATE ON public.watched FOR EACH STATEMENT EXECUTE FUNCTION public.see();",
            rows("public.t", 100),
            rows("public.referring", 100),
            "CREATE TABLE public.guarded (n integer);",
            "ALTER TABLE public.guarded ENABLE ROW LEVEL SECURITY;",
            rows("public.watched", 100),
            rows("public.guarded", 100)));
    assertThat(count(made, "referring")).isEqualTo("100|1|100");
    assertThat(count(made, "guarded")).isEqualTo("100|1|100");
    assertThat(isFrozen(made, "guarded")).isFalse();
    assertThat(Sql.on(made).query("select * from seen")).isEqualTo("INSERT");
  }

  @Test
  void whoMayOnlyInsertMayCopy() throws IOException {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    made.importDump(
        dump(
            "CREATE TABLE public.t (n integer);",
            "CREATE ROLE clerk;",
            "GRANT INSERT ON public.t TO clerk;",
            "SET ROLE clerk;",
            rows("public.t", 100)));
    assertThat(count(made, "t")).isEqualTo("100|1|100");
  }

  @Test
  void aPartitionedTableIsFilledThroughItsRoot() throws IOException {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    made.importDump(
        dump(
            "CREATE TABLE public.root (n integer) PARTITION BY RANGE (n);",
            "CREATE TABLE public.low PARTITION OF public.root FOR VALUES FROM (0) TO (50);",
            "CREATE TABLE public.high PARTITION OF public.root FOR VALUES FROM (50) TO (500);",
            "CREATE TABLE public.\"Old (1)\" (\"n\"\"(\" integer);",
            rows("public.root", 100),
            rows("public.\"Old (1)\" (\"n\"\"(\")", 100)));
    assertThat(count(made, "low")).isEqualTo("49|1|49");
    assertThat(count(made, "high")).isEqualTo("51|50|100");
    assertThat(isFrozen(made, "low")).isFalse();
    assertThat(isFrozen(made, "Old (1)")).isTrue();
  }

  @Test
  void whatAScriptTakesBackIsTakenBack() throws IOException {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    made.importDump(
        dump(
            "CREATE TABLE public.t (n integer);",
            "CREATE TABLE public.kept (n integer);",
            "BEGIN;",
            rows("public.t", 100),
            "ROLLBACK;",
            "BEGIN;",
            rows("public.kept", 10),
            "COMMIT;"));
    assertThat(count(made, "t")).startsWith("0|");
    assertThat(count(made, "kept")).isEqualTo("10|1|10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--format=custom", "--format=custom --load-via-partition-root"})
  @ExtendWith(EachRuntime.NeedsDocker.class)
  void archivesAreFilledTheSameWay(String options) throws IOException {
    Dataspace from = HOME.create(RuntimeChoice.EMBEDDED);
    Sql.on(from)
        .run(
            "create table t (n integer)",
            "create table root (n integer) partition by range (n)",
            "create table low partition of root for values from (0) to (500)",
            "insert into t select generate_series(1, 100)",
            "insert into root select generate_series(1, 100)");
    String[] told = (options + " --file=/out/dump.archive").split(" ");
    DumpTools.pgDump("postgres:18", from, out, told);
    Dataspace to = HOME.create(RuntimeChoice.EMBEDDED);
    to.importDump(Imports.of(List.of(DumpSource.of(out.resolve("dump.archive")))));
    assertThat(count(to, "t")).isEqualTo("100|1|100");
    assertThat(count(to, "low")).isEqualTo("100|1|100");
    assertThat(isFrozen(to, "t")).isTrue();
    assertThat(isFrozen(to, "low")).isEqualTo(!options.contains("root"));
  }

  private static boolean isFrozen(Dataspace dataspace, String table) {
    return Sql.on(dataspace).query(FROZEN.formatted(table)).equals("t");
  }

  private static String count(Dataspace dataspace, String table) {
    return Sql.on(dataspace).query("select count(*), min(n), max(n) from " + table);
  }
}
