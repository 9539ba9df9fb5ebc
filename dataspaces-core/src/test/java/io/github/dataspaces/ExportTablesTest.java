package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Exports;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.Selection;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.HostPgDump;
import io.github.dataspaces.testkit.Logs;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The way out of row 18: some tables of a database, with what they refer to or without. */
@Timeout(300)
class ExportTablesTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @TempDir private Path folder;

  private Exports exports(String file, String table, boolean withReferenced) {
    return new Exports(
        folder.resolve(file), Optional.empty(), Selection.of(List.of(table), withReferenced));
  }

  private static Dataspace imported(Supplier<Dataspace> make, Path dump) {
    Dataspace made = make.get();
    made.importDump(Imports.of(List.of(DumpSource.of(dump))));
    return made;
  }

  private void check(Supplier<Dataspace> make, String schema, List<String> files)
      throws IOException {
    Dataspace from = make.get();
    Files.writeString(folder.resolve("schema.sql"), ImportTablesTest.SCHEMA);
    from.importDump(Imports.of(List.of(DumpSource.of(folder.resolve("schema.sql")))));
    int port = from.connection().port();
    List<String> all = ImportTablesTest.tables(from, schema);
    for (String file : files) {
      checkWithReferenced(make, from, schema, file);
      checkWithout(make, from, schema, file);
      checkSample(make, from, schema, file);
    }
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> from.exportDump(exports("none.sql", "custommer", true)))
        .withMessageContaining("There is no table 'custommer' in dataspace '%s'.", from.name())
        .withMessageContaining("Did you mean 'customer'? There are: ");
    assertThat(folder.resolve("none.sql")).doesNotExist();
    assertThat(ImportTablesTest.tables(from, schema)).isEqualTo(all);
    assertThat(from.connection().port()).isEqualTo(port);
    HOME.assertTidy();
  }

  private void checkWithReferenced(
      Supplier<Dataspace> make, Dataspace from, String schema, String file) throws IOException {
    Path dump = from.exportDump(exports(file, "item", true));
    byte[] first = Files.readAllBytes(dump);
    String log = Logs.of(() -> from.exportDump(exports(file, "item", true)));
    assertThat(log).contains("Exported 4 tables of").doesNotContain("foreign key", "scratch-");
    assertThat(Files.readAllBytes(dump)).isEqualTo(first);
    Dataspace to = imported(make, dump);
    assertThat(ImportTablesTest.tables(to, schema))
        .containsExactly("customer", "item", "ordered", "orders", "product");
    assertThat(ImportTablesTest.keys(to))
        .containsExactly("customer_fk", "favourite_fk", "orders_fk", "product_fk");
    assertThat(Sql.on(to).query("select count(*), sum(orders) from item")).isEqualTo("2|3");
    assertThatThrownBy(() -> Sql.on(to).run("insert into item values (3, 1)"))
        .hasMessageContaining("orders_fk");
    to.destroy(true);
  }

  private void checkWithout(Supplier<Dataspace> make, Dataspace from, String schema, String file) {
    Logs.Heard<Path> heard = Logs.during(() -> from.exportDump(exports(file, "item", false)));
    assertThat(heard.log())
        .contains("In the dump: Dropped the foreign key orders_fk of", "product_fk")
        .contains("Exported 1 table of");
    Dataspace to = imported(make, heard.result());
    assertThat(ImportTablesTest.tables(to, schema)).containsExactly("item");
    assertThat(ImportTablesTest.keys(to)).isEmpty();
    assertThat(Sql.on(to).query("select count(*) from item")).isEqualTo("2");
    to.destroy(true);
  }

  private void checkSample(Supplier<Dataspace> make, Dataspace from, String schema, String file) {
    Map<String, String> said = Map.of("where", "item: orders = 1");
    Selection some = Selection.of(key -> Optional.ofNullable(said.get(key)));
    Dataspace to =
        imported(make, from.exportDump(new Exports(folder.resolve(file), Optional.empty(), some)));
    assertThat(ImportTablesTest.tables(to, schema))
        .isEqualTo(ImportTablesTest.tables(from, schema));
    assertThat(ImportTablesTest.keys(to)).isEqualTo(ImportTablesTest.keys(from));
    assertThat(Sql.on(to).query("select count(*) from item")).isEqualTo("1");
    assertThat(Sql.on(from).query("select count(*) from item")).isEqualTo("2");
    to.destroy(true);
  }

  @EachRuntime
  void onlyTheTablesThatWereAskedForAreInIt(RuntimeChoice runtime) throws IOException {
    String flavour = runtime == RuntimeChoice.DOCKER ? "postgres:18" : HostPgDump.flavour();
    check(
        () -> HOME.dataspaces().create(HOME.spec(runtime).flavour(flavour).build()),
        "public",
        List.of("some.sql.zst", "some.dump"));
  }

  @EachMySql
  void theSameOnMySql(String flavour) throws IOException {
    check(() -> HOME.create(flavour), "dataspace", List.of("some.sql"));
  }
}
