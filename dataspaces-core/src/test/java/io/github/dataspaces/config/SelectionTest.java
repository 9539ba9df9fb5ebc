package io.github.dataspaces.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

  @TempDir private Path folder;

  private static Selection read(Map<String, String> said) {
    return Selection.of(Settings.map(said));
  }

  private static String condition(Selection selection, String table) {
    return selection.limits().get(table).condition().orElseThrow();
  }

  @Test
  void limitsAreSaidInOneLineOrInSeveral() {
    Selection line =
        read(
            Map.of(
                "tables", "orders, shop.line",
                "rows", "orders=1%, customers = 1000,shop.line=0.5%",
                "where",
                    "orders: placed > '2024-01-01'::date; customers: a = 'x; y' and b in (1, 2)"));
    assertThat(line.tables()).containsExactly("orders", "shop.line");
    assertThat(line.limits()).containsOnlyKeys("orders", "customers", "shop.line");
    assertThat(condition(line, "orders")).isEqualTo("placed > '2024-01-01'::date");
    assertThat(condition(line, "customers")).isEqualTo("a = 'x; y' and b in (1, 2)");
    assertThat(line.limits().get("shop.line").rows().orElseThrow().of(1001)).isEqualTo(6);
    Selection lines =
        read(
            Map.of(
                "tables", "orders,shop.line",
                "rows", "\n  shop.line=0.5%\n  orders=1%\n  customers=1000\n",
                "where",
                    "\n orders: placed > '2024-01-01'::date\n\n customers: a = 'x; y' and b in (1, 2)\n"));
    assertThat(lines).isEqualTo(line);
    assertThat(lines.settings()).isEqualTo(line.settings());
    assertThat(read(Map.of()).settings()).isNotEqualTo(line.settings());
    assertThat(read(Map.of("where", "t: a; b"))).isNotEqualTo(read(Map.of("where", "t: a")));
  }

  @ParameterizedTest
  @CsvSource({
    "1%, 100, 1",
    "1%, 101, 2",
    "1%, 0, 0",
    "0.1%, 5, 1",
    "100%, 7, 7",
    "0%, 7, 0",
    "5, 100, 5"
  })
  void aShareIsRoundedUp(String text, long total, long rows) {
    assertThat(RowLimit.Rows.parse("t", text).of(total)).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows  | orders=many      | 'many' is no number of rows of 'orders'",
        "rows  | orders=101%      | '101%' is no number of rows of 'orders'",
        "rows  | orders=1.5       | '1.5' is no number of rows of 'orders'",
        "rows  | orders=-1        | '-1' is no number of rows of 'orders'",
        "rows  | orders           | 'orders' is no table with a number",
        "rows  | a=1,a=2          | 'a' is named twice",
        "where | placed > 1       | 'placed > 1' names no table",
        "where | placed::int > 1  | 'placed::int > 1' names no table",
        "where | a: x; a: y       | 'a' is named twice"
      })
  void whatCannotBeUnderstoodIsTold(String key, String text, String problem) {
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> read(Map.of(key, text)))
        .withMessageContaining(key + ": " + problem);
  }

  @Test
  void theFileHasMapsForThem() throws IOException {
    Path file = folder.resolve(DataspacesFile.NAME);
    Files.writeString(folder.resolve("a.dump"), "");
    Files.writeString(
        file,
        """
        dataspaces:
          shop:
            import:
              file: a.dump
              tables: [orders, line]
              rows: { orders: 1%, customers: 1000 }
              where:
                orders: placed > '2024-01-01'
                customers: "name = 'a; b: c'"
          other:
            import: { file: a.dump, where: ["t: a = 1", "u: b in (1, 2)"] }
        """);
    ScriptReader files = new ScriptReader(folder, getClass().getClassLoader());
    Settings shop = Settings.of(Settings.map(DataspacesFile.read(file).settings("shop")));
    Selection selection = shop.imports(files).orElseThrow().selection();
    assertThat(selection.tables()).containsExactly("orders", "line");
    assertThat(selection.limits().get("orders").rows().orElseThrow()).hasToString("1%");
    assertThat(condition(selection, "orders")).isEqualTo("placed > '2024-01-01'");
    assertThat(condition(selection, "customers")).isEqualTo("name = 'a; b: c'");
    assertThat(selection.limits().get("customers").rows().orElseThrow()).hasToString("1000");
    Settings other = Settings.of(Settings.map(DataspacesFile.read(file).settings("other")));
    assertThat(other.imports(files).orElseThrow().selection().limits()).containsOnlyKeys("t", "u");
  }

  @Test
  void aSourceIsADatabaseAndItsPasswordIsNotShown() {
    Settings settings =
        Settings.of(
            Settings.map(
                Map.of(
                    "import",
                    "jdbc:postgresql://db.example:6000/shop?sslmode=require&user=ada&password=s%26cret")),
            Settings.environment(Map.of("DATASPACES_SOURCE_USERNAME", "reader")));
    Imports imports =
        settings.imports(new ScriptReader(folder, getClass().getClassLoader())).orElseThrow();
    LiveSource source = imports.source().orElseThrow();
    assertThat(source.url()).isEqualTo("jdbc:postgresql://db.example:6000/shop?sslmode=require");
    assertThat(source.username()).isEqualTo("reader");
    assertThat(source.password()).isEqualTo("s&cret");
    assertThat(source.host() + source.port() + source.database() + source.scheme())
        .isEqualTo("db.exampleOptional[6000]shoppostgresql");
    assertThat(source.parameter("sslmode")).contains("require");
    assertThat(imports.toString() + imports.described()).doesNotContain("cret", "sslmode");
    for (String wrong :
        new String[] {
          "jdbc:postgresql:shop",
          "jdbc:mysql://a,b/shop",
          "jdbc:mysql://u:s3cret@a/b",
          "jdbc:mysql://a",
          "jdbc:mysql://a/b,c.sql"
        }) {
      assertThatExceptionOfType(DataspaceException.class)
          .isThrownBy(() -> LiveSource.of(wrong, key -> Optional.empty()))
          .withMessageContaining("jdbc:postgresql://host:port/database")
          .withMessageNotContaining("s3cret");
    }
  }
}
