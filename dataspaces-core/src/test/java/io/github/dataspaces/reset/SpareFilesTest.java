package io.github.dataspaces.reset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.ResetSession;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import org.junit.jupiter.api.extension.RegisterExtension;

class SpareFilesTest {

  private static final String MAPS =
      """
      select count(*) from pg_database d, lateral pg_ls_dir('base/' || d.oid) f
      where datname = current_database() and f like '%\\_fsm'
      """;

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachRuntime
  void clonesHaveNoMapsOfTheFreeSpaceOfSmallTables(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    Sql.on(dataspace).run("create table filled as select generate_series(1, 10000) as n");
    assertThat(Integer.parseInt(Sql.on(dataspace).query(MAPS))).isGreaterThan(10);
    try (ResetSession session = dataspace.resets()) {
      Sql.on(dataspace).run("delete from filled where n > 10");
      assertThat(session.toBeginning()).isFalse();
      assertThat(Sql.on(dataspace).query(MAPS)).isEqualTo("0");
      Sql.on(dataspace).run("vacuum", "insert into filled values (0)");
      assertThat(Sql.on(dataspace).query("select count(*) from filled")).isEqualTo("10001");
    }
  }
}
