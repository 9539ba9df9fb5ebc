package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.LiveSource;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.Selection;
import io.github.dataspaces.config.Settings;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.DumpTools;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Logs;
import io.github.dataspaces.testkit.Shop;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Row 18, from a database that runs: what comes is what would come of a dump of it. */
@Timeout(300)
class LiveImportTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  /** Natively {@code pg_dump} is the machine's, which may be as old as this. */
  private static final String OLDEST = "postgres:15";

  @TempDir private Path folder;

  private Imports dump(String script, Map<String, String> said) throws IOException {
    Path file = folder.resolve("dump.sql");
    Files.writeString(file, script);
    return Imports.of(List.of(DumpSource.of(file)), Selection.of(Settings.map(said)));
  }

  private static Imports live(Dataspace source, String user, Map<String, String> said) {
    String password = user.equals("reader") ? "r3ad" : source.connection().password();
    return Imports.of(
        new LiveSource(source.connection().jdbcUrl(), user, password, ""),
        Selection.of(Settings.map(said)));
  }

  private static Dataspace postgres(RuntimeChoice runtime) {
    boolean here = Files.isExecutable(Path.of("/usr/bin/pg_dump")) || DockerEngine.answers();
    assumeTrue(runtime != RuntimeChoice.EMBEDDED || here, "there is no pg_dump on this machine");
    return HOME.dataspaces()
        .create(
            runtime == RuntimeChoice.EMBEDDED
                ? HOME.spec(runtime).flavour(OLDEST).build()
                : HOME.spec(runtime).build());
  }

  /** With a reader who may do nothing but read. */
  private Dataspace shop(RuntimeChoice runtime) throws IOException {
    Dataspace source = postgres(runtime);
    source.importDump(dump(Shop.POSTGRES, Map.of()));
    Sql.on(source)
        .run(
            "create role reader login password 'r3ad'",
            "revoke temporary on database %s from public".formatted(source.connection().database()),
            "grant select on all tables in schema public to reader",
            "grant select on all sequences in schema public to reader",
            "insert into customer (name) values ('late')",
            "create view named as select name from customer",
            "create table strange (\"a \"\"b\" text, c bytea, d float8, e timestamptz, f int[], g jsonb)",
            "insert into strange values (e'\\t\\\\N\\n''\"', '\\x00ff5c', 0.1 + 0.2, now(), '{1,null}', '{}'), (null, null, 'nan', 'infinity', null, null)",
            "grant select on strange to reader");
    return source;
  }

  @EachRuntime
  void allOfADatabaseComesAsItIs(RuntimeChoice runtime) throws IOException {
    Dataspace source = shop(runtime);
    Dataspace made = postgres(runtime);
    made.importDump(live(source, "reader", Map.of()));
    assertThat(DumpTools.plain(made)).isEqualTo(DumpTools.plain(source));
    assertThat(Sql.on(made).query("select count(*) from per_customer")).isEqualTo("1000");
    HOME.assertTidy();
  }

  @EachRuntime
  void aSampleIsTheSameAsOfADump(RuntimeChoice runtime) throws IOException {
    Dataspace source = postgres(runtime);
    source.importDump(dump(Shop.POSTGRES, Map.of()));
    for (Map<String, String> said :
        List.of(
            Map.of("rows", "customer=1%"),
            Map.of("tables", "line,country", "rows", "line=3", "where", "line: n = 2"),
            Map.of("tables", "line", "where", "customer: id < 20;product: id < 10"),
            Map.of("tables", "orders", "withReferenced", "false", "where", "orders: id < 50"),
            Map.of("tables", "orders"))) {
      Dataspace ofDump = postgres(runtime);
      Imports dump = dump(Shop.POSTGRES, said);
      String dropped = Logs.of(() -> ofDump.importDump(dump));
      Dataspace made = postgres(runtime);
      String log =
          Logs.of(() -> made.importDump(live(source, source.connection().username(), said)));
      assertThat(lines(made)).as(said.toString()).isEqualTo(lines(ofDump));
      assertThat(log.contains("Dropped the foreign key customer_fk of public.orders"))
          .isEqualTo(dropped.contains("Dropped the foreign key customer_fk of public.orders"))
          .isEqualTo(said.containsKey("withReferenced"));
      ofDump.destroy(true);
      made.destroy(true);
    }
  }

  /** Rows may come in another order. */
  private static List<String> lines(Dataspace dataspace) throws IOException {
    return DumpTools.plain(dataspace).lines().sorted().toList();
  }

  @Test
  void whatCannotBeReadIsToldAndNothingIsLost() throws IOException {
    Dataspace source = shop(RuntimeChoice.EMBEDDED);
    Dataspace made = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    String url = source.connection().jdbcUrl();
    fails(made, new LiveSource(url + "?sslmode=disable", "reader", "s3cret", ""), Map.of())
        .withMessageContaining("The source %s cannot be read: ".formatted(url))
        .withMessageContaining("DATASPACES_SOURCE_PASSWORD")
        .withMessageNotContaining("s3cret");
    fails(made, new LiveSource(url + "_not", "reader", "r3ad", ""), Map.of())
        .withMessageContaining("cannot be read: ");
    fails(made, new LiveSource(url.replace("postgresql", "mysql"), "reader", "r3ad", ""), Map.of())
        .withMessageContaining("is of another engine, and this dataspace is postgres.");
    LiveSource right = new LiveSource(url, "reader", "r3ad", "");
    fails(made, right, Map.of("where", "orders: plaaced > 1"))
        .withMessageContaining("The rows of 'public.orders' where plaaced > 1 cannot be had: ");
    fails(made, right, Map.of("tables", "costumer"))
        .withMessageContaining("There is no table 'costumer' in " + url)
        .withMessageContaining("Did you mean 'customer'?");
    Sql.on(source).run("revoke select on product from reader");
    fails(made, right, Map.of()).withMessageContaining("permission denied for table product");
    assertThat(Sql.on(made).query("select count(*) from item")).isEqualTo("100");
    assertThat(Sql.on(made).rows("select tablename from pg_tables where schemaname = 'public'"))
        .containsExactly("item");
    HOME.assertTidy();
  }

  private static ThrowableAssertAlternative<DataspaceException> fails(
      Dataspace made, LiveSource source, Map<String, String> said) {
    return assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> made.importDump(Imports.of(source, Selection.of(Settings.map(said)))));
  }

  @Test
  void aNewDataspaceIsFilledOnceForEachVersionOfTheSource() throws IOException {
    Dataspace source = shop(RuntimeChoice.EMBEDDED);
    assertThat(country(source, "monday")).isEqualTo("null");
    Sql.on(source).run("update customer set country = 'CH' where id = 500");
    assertThat(country(source, "monday")).isEqualTo("null");
    assertThat(country(source, "tuesday")).isEqualTo("CH");
  }

  private static String country(Dataspace source, String version) {
    Imports imports =
        Imports.of(
            new LiveSource(source.connection().jdbcUrl(), "reader", "r3ad", version),
            Selection.of(Settings.map(Map.of("rows", "customer=1%"))));
    Dataspace made =
        HOME.dataspaces()
            .create(HOME.spec(RuntimeChoice.EMBEDDED).flavour(OLDEST).imports(imports).build());
    return Sql.on(made).query("select country from customer where id = 500");
  }

  @EachMySql
  void theSameOnMySql(String flavour) throws IOException {
    Dataspace source = HOME.create(flavour);
    source.importDump(dump(Shop.MYSQL + Shop.MYSQL_TYPES, Map.of()));
    for (Map<String, String> said :
        List.of(
            Map.<String, String>of(),
            Map.of("rows", "customer=1%"),
            Map.of("tables", "line,country", "rows", "line=3", "where", "line: n = 2"),
            Map.of("tables", "orders", "withReferenced", "false", "where", "orders: id < 50"))) {
      Dataspace ofDump = HOME.create(flavour);
      ofDump.importDump(dump(Shop.MYSQL + Shop.MYSQL_TYPES, said));
      Dataspace made = HOME.create(flavour);
      made.importDump(live(source, source.connection().username(), said));
      assertThat(plain(flavour, made)).as(said.toString()).isEqualTo(plain(flavour, ofDump));
      ofDump.destroy(true);
      made.destroy(true);
    }
  }

  private String plain(String flavour, Dataspace dataspace) throws IOException {
    String image = flavour.equals(EachMySql.NATIVE) ? "mariadb:11.8" : flavour;
    DumpTools.mySqlDump(
        image, dataspace, folder, "--skip-dump-date", "--hex-blob", "--result-file=/out/plain");
    return Files.readString(folder.resolve("plain"));
  }
}
