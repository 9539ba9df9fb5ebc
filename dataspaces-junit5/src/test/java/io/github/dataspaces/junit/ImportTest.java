package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database that is filled with some of a dump. */
class ImportTest {

  static final List<String> SEEN = new ArrayList<>();

  @Dataspace(
      importFrom = "classpath:imports/shop.sql",
      importRows = "customer=2",
      importWhere = "customer: name <> 'ada'")
  static class Sampled {
    @Test
    void test(DataSource database) {
      SEEN.addAll(Sql.customers(database));
    }
  }

  static class Built {
    @RegisterExtension
    static final DataspaceExtension DATABASE =
        DataspaceExtension.builder()
            .importFrom("classpath:imports/shop.sql")
            .importTables("orders")
            .importRows("orders=1")
            .importWhere("orders: id > 2")
            .build();

    @Test
    void test(DataSource database) {
      SEEN.addAll(Sql.customers(database));
    }
  }

  @Test
  void aSampleIsTakenOnceAndAnotherIsAnother() {
    SEEN.clear();
    SampleRun.of(Sampled.class).passes(1);
    assertThat(SEEN).containsExactly("bob", "eve");
    SEEN.clear();
    SampleRun.of(Built.class).passes(1);
    assertThat(SEEN).containsExactly("eve");
    String again = SampleRun.log(() -> SampleRun.of(Sampled.class).passes(1));
    assertThat(again).doesNotContain("Prepared");
  }
}
