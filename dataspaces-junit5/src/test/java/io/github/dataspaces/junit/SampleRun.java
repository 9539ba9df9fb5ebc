package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.dataspaces.DataspaceInfo;
import io.github.dataspaces.Dataspaces;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventType;

/** Runs sample test classes as JUnit would, on native PostgreSQL in a home of this build's own. */
final class SampleRun {

  /** On a disk that shares blocks, where there is one: that takes a third of the time. */
  static final Path HOME =
      Path.of(Optional.ofNullable(System.getenv("DATASPACES_TEST_XFS")).orElse("target"))
          .resolve("dataspaces junit5")
          .toAbsolutePath();

  private final EngineExecutionResults results;

  private SampleRun(EngineExecutionResults results) {
    this.results = results;
  }

  static SampleRun of(Class<?>... classes) {
    return with(Map.of(), classes);
  }

  /** With JUnit configuration parameters. */
  static SampleRun with(Map<String, String> parameters, Class<?>... classes) {
    return run(parameters, Stream.of(classes).map(c -> selectClass(c)).toList());
  }

  /** In the order of the selectors. */
  static SampleRun select(List<? extends DiscoverySelector> selectors) {
    return run(Map.of(), selectors);
  }

  private static SampleRun run(
      Map<String, String> parameters, List<? extends DiscoverySelector> selectors) {
    Map<String, String> all = new HashMap<>();
    all.put("dataspaces.home", HOME.toString());
    all.put("dataspaces.runtime", "embedded");
    all.put("dataspaces.keepAlive", "false");
    all.putAll(parameters);
    SampleRun run =
        new SampleRun(
            EngineTestKit.engine("junit-jupiter")
                .selectors(selectors.toArray(DiscoverySelector[]::new))
                .configurationParameters(all)
                .execute());
    if (!parameters.containsKey("dataspaces.keepAlive")) {
      assertThat(dataspaces()).as("what is left").allMatch(name -> name.startsWith("failed-"));
    }
    return run;
  }

  /** The dataspaces there are in the home. */
  static List<String> dataspaces() {
    try (Dataspaces dataspaces = Dataspaces.at(HOME).open()) {
      return dataspaces.list().stream().map(DataspaceInfo::name).toList();
    }
  }

  /** What is logged and printed meanwhile. */
  static String log(Runnable action) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    PrintStream error = System.err;
    PrintStream out = System.out;
    System.setErr(stream);
    System.setOut(stream);
    try {
      action.run();
    } finally {
      System.setErr(error);
      System.setOut(out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** All tests have passed, and there were so many. */
  void passes(int tests) {
    assertThat(failures()).isEmpty();
    results.testEvents().assertStatistics(stats -> stats.started(tests).succeeded(tests));
  }

  /** What failed, tests and classes, in order. */
  List<Throwable> failures() {
    return results.allEvents().stream()
        .filter(event -> event.getType() == EventType.FINISHED)
        .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
        .filter(result -> result.getStatus() == Status.FAILED)
        .flatMap(result -> result.getThrowable().stream())
        .toList();
  }

  /** The message of the only failure. */
  String failure() {
    assertThat(failures()).hasSize(1);
    return failures().get(0).getMessage();
  }

  /** How many tests were started. */
  long started() {
    return results.testEvents().started().count();
  }
}
