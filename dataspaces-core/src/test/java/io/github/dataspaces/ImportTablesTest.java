package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.Selection;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.DumpTools;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.Logs;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 18: some tables of a dump, with what they refer to or without. */
@Timeout(300)
class ImportTablesTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  static final String SCHEMA =
      """
      create table customer (id int primary key, favourite int);
      create table orders (id int primary key, customer int);
      create table item (orders int, product int);
      create table product (id int primary key);
      create table log (id int primary key, customer int);
      insert into customer values (1, 1), (2, null);
      insert into orders values (1, 1), (2, 2);
      insert into product values (1);
      insert into item values (1, 1), (2, 1);
      insert into log values (1, 1);
      alter table customer add constraint favourite_fk foreign key (favourite) references orders (id);
      alter table orders add constraint customer_fk foreign key (customer) references customer (id);
      alter table item add constraint orders_fk foreign key (orders) references orders (id);
      alter table item add constraint product_fk foreign key (product) references product (id);
      alter table log add constraint log_fk foreign key (customer) references customer (id);
      create index customer_index on orders (customer);
      create view logged as select id from log;
      create view ordered as select id from orders;
      """;

  @TempDir private Path folder;

  private Imports imports(List<String> tables, boolean withReferenced) throws IOException {
    Path file = folder.resolve("dump.sql");
    Files.writeString(file, SCHEMA);
    return Imports.of(List.of(DumpSource.of(file)), Selection.of(tables, withReferenced));
  }

  static List<String> tables(Dataspace dataspace, String schema) {
    return Sql.on(dataspace)
        .rows(
            "select table_name from information_schema.tables where table_schema = '%s' order by 1"
                .formatted(schema));
  }

  static List<String> keys(Dataspace dataspace) {
    return Sql.on(dataspace)
        .rows(
            "select constraint_name from information_schema.table_constraints"
                + " where constraint_type = 'FOREIGN KEY' order by 1");
  }

  private static void check(Dataspace made, Imports with, Imports without, String schema) {
    made.importDump(with);
    assertThat(tables(made, schema))
        .containsExactly("customer", "earlier", "item", "ordered", "orders", "product");
    assertThat(keys(made))
        .containsExactly("customer_fk", "favourite_fk", "orders_fk", "product_fk");
    assertThat(Sql.on(made).query("select count(*) from customer")).isEqualTo("2");
    made.rollback("before");
    String log = Logs.of(() -> made.importDump(without));
    assertThat(log)
        .contains("Dropped the foreign key orders_fk of", "Dropped the foreign key product_fk of");
    assertThat(tables(made, schema)).containsExactly("earlier", "item");
    assertThat(Sql.on(made).query("select count(*) from item")).isEqualTo("2");
    assertThat(keys(made)).isEmpty();
  }

  @Test
  void onlyTheTablesThatWereAskedForComeWithWhatTheyReferTo() throws IOException {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    Sql.on(made).run("create table earlier (id int primary key)");
    made.snapshot("before", false);
    check(made, imports(List.of("item"), true), imports(List.of("public.item"), false), "public");
    made.rollback("before");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> made.importDump(imports(List.of("product", "custommer"), true)))
        .withMessageContaining(
            "There is no table 'custommer' in the dump. Did you mean 'customer'?");
    assertThat(tables(made, "public")).containsExactly("earlier");
  }

  @ParameterizedTest
  @ValueSource(strings = {"custom", "directory", "tar"})
  void rowsOfOtherTablesAreNotReadFromAnArchive(String format) throws IOException {
    DockerEngine.require();
    Dataspace source = HOME.create(RuntimeChoice.EMBEDDED);
    source.importDump(imports(List.of(), true));
    String function =
        "create or replace function f(i int) returns int immutable language plpgsql as $$ begin %s end $$";
    Sql.on(source)
        .run(
            function.formatted("return i;"),
            "alter table log add computed int generated always as (f(id)) stored",
            "create table \"a \"\"b\" (id int primary key) partition by range (id)",
            "create table part partition of \"a \"\"b\" for values from (1) to (9)",
            "insert into \"a \"\"b\" values (1)",
            "alter table product add foreign key (id) references \"a \"\"b\" (id)",
            // no row of log can be made any more
            function.formatted("raise exception 'unwanted';"));
    DumpTools.pgDump("postgres:18", source, folder, "--format=" + format, "--file=/out/dump");
    List<DumpSource> dumps = List.of(DumpSource.of(folder.resolve("dump")));
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    made.importDump(Imports.of(dumps, Selection.of(List.of("item"), true)));
    assertThat(Sql.on(made).query("select (select count(*) from customer), id from part"))
        .isEqualTo("2|1");
    assertThat(tables(made, "public")).doesNotContain("log").contains("item", "ordered");
    Dataspace whole = HOME.create(RuntimeChoice.EMBEDDED);
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> whole.importDump(Imports.of(dumps, Selection.ALL)))
        .withMessageContaining("unwanted");
  }

  @EachMySql
  void theSameOnMySql(String flavour) throws IOException {
    Dataspace made = HOME.create(flavour);
    Sql.on(made).run("create table earlier (id int primary key)");
    made.snapshot("before", false);
    check(
        made,
        imports(List.of("item"), true),
        imports(List.of("item"), false),
        made.connection().database());
  }
}
