package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.Selection;
import io.github.dataspaces.config.Settings;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.EachRuntime;
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

/** Row 18: some rows of a dump, and everything around them as it was. */
@Timeout(300)
class ImportSampleTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @TempDir private Path folder;

  private Imports imports(String script, Map<String, String> said) throws IOException {
    Path file = folder.resolve("dump.sql");
    Files.writeString(file, script);
    return Imports.of(List.of(DumpSource.of(file)), Selection.of(Settings.map(said)));
  }

  private static String definitions(Dataspace dataspace) {
    return Sql.on(dataspace).query(Shop.DEFINITIONS);
  }

  @EachRuntime
  void onePercentOfTheCustomersHaveTheirOrdersOnly(RuntimeChoice runtime) throws IOException {
    Dataspace all = HOME.create(runtime);
    all.importDump(imports(Shop.POSTGRES, Map.of()));
    Dataspace made = HOME.create(runtime);
    made.importDump(imports(Shop.POSTGRES, Map.of("rows", "customer=1%")));
    // the first ten, and 500, whom the third has for a mentor
    assertThat(Sql.on(made).rows("select id from customer order by 1"))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "500");
    assertThat(Sql.on(made).query(Shop.COUNTS)).isEqualTo("11|33|66|50|0|2");
    assertThat(
            Sql.on(made)
                .query(
                    "select count(*) from orders where customer not in (select id from customer)"))
        .isEqualTo("0");
    assertThat(Sql.on(made).query("select count(*), sum(count) from per_customer"))
        .isEqualTo("11|33");
    assertThat(definitions(made)).isEqualTo(definitions(all));
    assertThat(Sql.on(made).query("select shout from customer where id = 500"))
        .isEqualTo("CUSTOMER 500");
    Sql.on(made).run("insert into customer (name) values ('new')");
    assertThat(Sql.on(made).query("select max(id), (select count(*) from audit) from customer"))
        .isEqualTo("1001|1");
    assertThatThrownBy(() -> Sql.on(made).run("delete from customer where id = 500"))
        .hasMessageContaining("foreign key constraint");
  }

  @Test
  void whatWasNotNamedComesAsFarAsItIsReferredTo() throws IOException {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    made.importDump(
        imports(
            Shop.POSTGRES,
            Map.of(
                "tables", "line, country",
                "rows", "line=3",
                "where", "line: placed >= '2025-01-01' and product in (7, 8)")));
    assertThat(Sql.on(made).query("select string_agg(distinct product::text, ',') from line"))
        .isIn("7", "8", "7,8");
    assertThat(Sql.on(made).query("select count(*), count(distinct (order_id, placed)) from line"))
        .isEqualTo(
            "3|" + Sql.on(made).query("select count(*) from orders where placed >= '2025-01-01'"));
    assertThat(
            Sql.on(made)
                .query(
                    "select count(*) from customer c where not exists (select 1 from orders where customer = c.id) and not exists (select 1 from customer m where m.mentor = c.id)"))
        .isEqualTo("0");
    assertThat(Sql.on(made).query("select count(*) from country")).isEqualTo("3");
    assertThat(Sql.on(made).query("select to_regclass('audit') is null")).isEqualTo("t");
    Dataspace limited = HOME.create(RuntimeChoice.EMBEDDED);
    limited.importDump(
        imports(
            Shop.POSTGRES, Map.of("tables", "line", "where", "customer: id = 5; product: id < 0")));
    // lines follow the customers' orders and the products, of which none is wanted
    assertThat(Sql.on(limited).query("select count(*) from line")).isEqualTo("0");
    assertThat(Sql.on(limited).rows("select id from customer")).containsExactly("5");
  }

  @Test
  void whatCannotBeHadIsNamedAndNothingIsLost() throws IOException {
    Dataspace made = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    fails(made, Map.of("where", "orders: plaaced > 1"))
        .withMessageMatching(
            "(?s)The rows of 'public.orders' where plaaced > 1 cannot be had: ERROR: column \"plaaced\" does not exist.*nothing of it was kept.");
    fails(made, Map.of("rows", "costumer=1%"))
        .withMessageContaining(
            "There is no table 'costumer' in what is imported. Did you mean 'customer'?");
    fails(made, Map.of("rows", "item=1"))
        .withMessageContaining("There is no table 'item' in what is imported.");
    fails(made, Map.of("rows", "audit=3"))
        .withMessageContaining("The table 'public.audit' has no primary key");
    assertThat(Sql.on(made).rows("select tablename from pg_tables where schemaname = 'public'"))
        .containsExactly("item");
    assertThat(Sql.on(made).query("select count(*) from item")).isEqualTo("100");
    HOME.assertTidy();
  }

  private ThrowableAssertAlternative<DataspaceException> fails(
      Dataspace made, Map<String, String> said) {
    return assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> made.importDump(imports(Shop.POSTGRES, said)));
  }

  @EachMySql
  void theSameOnMySql(String flavour) throws IOException {
    Dataspace made = HOME.create(flavour);
    Sql.on(made).run("create table earlier (id int primary key)", "insert into earlier values (1)");
    made.importDump(imports(Shop.MYSQL, Map.of("rows", "customer=1%")));
    assertThat(Sql.on(made).rows("select id from customer order by 1"))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "500");
    assertThat(Sql.on(made).query(Shop.COUNTS)).isEqualTo("11|33|66|50|0|2");
    assertThat(Sql.on(made).query("select shout from customer where id = 500"))
        .isEqualTo("CUSTOMER 500");
    assertThat(Sql.on(made).query("select id from earlier")).isEqualTo("1");
    Sql.on(made).run("insert into customer (name) values ('new;''\\\\')");
    assertThat(Sql.on(made).query("select max(id), (select count(*) from audit) from customer"))
        .isEqualTo("1001|1");
    assertThatThrownBy(() -> Sql.on(made).run("delete from customer where id = 500"))
        .hasMessageContaining("foreign key constraint fails");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(
            () ->
                made.importDump(imports("create table t (id int);", Map.of("where", "t: ix = 1"))))
        .withMessageContaining("The rows of 't' where ix = 1 cannot be had: ")
        .withMessageContaining("ix");
    assertThat(Sql.on(made).query("select count(*) from customer")).isEqualTo("12");
  }
}
