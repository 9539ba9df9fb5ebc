package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** One run of tests after the other. */
class KeepAliveTest {

  private static final Map<String, String> KEEP = Map.of("dataspaces.keepAlive", "1h");

  @Dataspace(seed = "classpath:customers.sql")
  static class Writing {

    static final List<String> NAMES = new ArrayList<>();

    @RepeatedTest(2)
    void test(DataSource database, DataspaceHandle handle) {
      NAMES.add(handle.name());
      assertThat(Sql.customers(database)).containsExactly("ada");
      Sql.add(database, "ben");
    }
  }

  @AfterEach
  void end() {
    try (Dataspaces dataspaces = Dataspaces.at(SampleRun.HOME).open()) {
      SampleRun.dataspaces().forEach(name -> dataspaces.get(name).destroy(true));
    }
  }

  @Test
  void theNextRunStartsAndPreparesNothing() {
    Writing.NAMES.clear();
    SampleRun.with(KEEP, Writing.class).passes(2);
    String second = SampleRun.log(() -> SampleRun.with(KEEP, Writing.class).passes(2));
    assertThat(second).doesNotContain("Created").doesNotContain("Prepared");
    assertThat(Writing.NAMES).hasSize(4).containsOnly(Writing.NAMES.get(0));
    assertThat(SampleRun.dataspaces()).containsExactly(Writing.NAMES.get(0));
  }

  @Test
  void falseLeavesNothing() {
    SampleRun.with(Map.of("dataspaces.keepAlive", "false"), Writing.class).passes(2);
    assertThat(SampleRun.dataspaces()).isEmpty();
  }

  @Test
  void whatIsNoTimeIsRefused() {
    SampleRun run = SampleRun.with(Map.of("dataspaces.keepAlive", "sometimes"), Writing.class);
    assertThat(run.failure()).contains("keepAlive: 'sometimes' is no length of time.");
  }
}
