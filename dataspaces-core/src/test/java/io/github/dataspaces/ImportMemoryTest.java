package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.OtherJvm;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dump need not fit into memory. */
@Timeout(300)
class ImportMemoryTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static final int ROWS = 700_000;
  private static final String TEXT = "x".repeat(240);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDumpOfThreeTimesTheHeapIsImported(boolean copied) throws IOException {
    Path dump = folder.resolve("dump.sql");
    write(dump, copied);
    assertThat(Files.size(dump)).isGreaterThan(3L * 48 * 1024 * 1024);
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    try (OtherJvm jvm = OtherJvm.with(HOME.folder()).option("-Xmx48m").start()) {
      jvm.ask("import", made.name(), dump.toString());
    }
    assertThat(Sql.on(made).query("select count(*), min(length(text)), max(id) from large"))
        .isEqualTo("%d|%d|%d".formatted(ROWS, TEXT.length(), ROWS));
  }

  private static void write(Path dump, boolean copied) throws IOException {
    try (Writer out = Files.newBufferedWriter(dump)) {
      out.write("--\n-- PostgreSQL database dump\n--\n");
      out.write("CREATE TABLE public.large (id integer, text text);\n");
      out.write(copied ? "COPY public.large (id, text) FROM stdin;\n" : "");
      String row = copied ? "%d\t%s\n" : "INSERT INTO public.large VALUES (%d, '%s');\n";
      for (int i = 1; i <= ROWS; i++) {
        out.write(row.formatted(i, TEXT));
      }
      out.write(copied ? "\\.\n" : "");
      out.write("--\n-- PostgreSQL database dump complete\n--\n");
    }
  }
}
