package io.github.dataspaces.reset.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.reset.FastReset;
import io.github.dataspaces.reset.FastReset.Marked;
import io.github.dataspaces.reset.FastReset.Outcome;
import io.github.dataspaces.testkit.EachMySqlVersion;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several states of one server. */
@Timeout(300)
class RowLogStatesTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachMySqlVersion
  void goesToEarlierAndLaterStates(String flavour) {
    Dataspace dataspace = HOME.createForTestsWithItems(flavour);
    try (FastReset reset = RowLogResetTest.fastReset(dataspace)) {
      assertThat(reset.mark("first")).isEqualTo(Marked.APART);
      Sql.on(dataspace).run("delete from item where id > 50");
      assertThat(reset.mark("second")).isEqualTo(Marked.FOLLOWING);
      assertThat(reset.mark("as well")).isEqualTo(Marked.SAME);
      assertThat(reset.back("first")).isEqualTo(Outcome.RESET);
      Sql.on(dataspace).run("update item set id = -id", "insert into item values (500, 'new')");
      assertThat(reset.mark("beside")).isEqualTo(Marked.FOLLOWING);
      List.of("second", "first", "as well", "beside", "beside", "second", "beside", "first")
          .forEach(
              state -> {
                Sql.on(dataspace).run("delete from item where id < 10");
                assertThat(reset.back(state)).as(reset::obstacle).isEqualTo(Outcome.RESET);
                assertThat(Sql.on(dataspace).query("select count(*), min(id) from item"))
                    .isEqualTo(
                        Map.of("first", "100|1", "beside", "101|-100").getOrDefault(state, "50|1"));
              });
    }
  }

  @EachMySqlVersion
  void tellsWhichStatesAreMoreThanRowsApart(String flavour) {
    Dataspace dataspace = HOME.createForTestsWithItems(flavour);
    for (String write :
        List.of(
            "create table another (i int)",
            "set global max_allowed_packet = 33554432",
            "create table loose (v int) engine = MyISAM; insert into loose values (1)")) {
      try (FastReset reset = RowLogResetTest.fastReset(dataspace)) {
        reset.mark("first");
        RowLogResetTest.run(dataspace, write);
        assertThat(reset.mark("second")).as(write).isEqualTo(Marked.APART);
        assertThat(reset.back("first")).as(write).isEqualTo(Outcome.BEYOND);
      }
    }
  }

  @EachMySqlVersion
  void leavesAStateToTheNextProcess(String flavour) {
    Dataspace dataspace = HOME.createForTestsWithItems(flavour);
    try (FastReset reset = RowLogResetTest.fastReset(dataspace)) {
      reset.mark("first");
      reset.handOver("first");
    }
    try (FastReset next = RowLogResetTest.fastReset(dataspace)) {
      assertThat(next.knows("first")).isTrue();
      // what the server still tells of the last process counts as a doubt
      assertThat(next.back("first")).isIn(Outcome.UNTOUCHED, Outcome.RESET);
      next.handOver("first");
    }
    Sql.on(dataspace).run("delete from item where id < 10");
    try (FastReset next = RowLogResetTest.fastReset(dataspace)) {
      assertThat(next.back("first")).isEqualTo(Outcome.BEYOND);
    }
    assertThat(Sql.on(dataspace).query("show databases like 'dataspaces%'")).isEmpty();
  }
}
