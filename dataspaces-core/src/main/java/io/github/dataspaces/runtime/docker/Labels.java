package io.github.dataspaces.runtime.docker;

import io.github.dataspaces.home.Home;
import io.github.dataspaces.process.ProcessState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The labels that tell what this tool made, for which home, and what for. Nothing without them is
 * ever touched.
 */
final class Labels {

  static final String HOME = "io.github.dataspaces.home";
  static final String NAME = "io.github.dataspaces.name";
  static final String DATA = "io.github.dataspaces.data";

  static final String PROCESS = "io.github.dataspaces.process";

  private final Home home;

  Labels(Home home) {
    this.home = home;
  }

  /** On everything of this home. */
  Map<String, String> ofHome() {
    return Map.of(HOME, home.id());
  }

  /** On the container that handles files for this process. */
  Map<String, String> ofFiles() {
    return Map.of(HOME, home.id(), PROCESS, String.valueOf(ProcessHandle.current().pid()));
  }

  /** On the container that serves a data directory. */
  Map<String, String> of(String name, Path data) {
    return Map.of(HOME, home.id(), NAME, name, DATA, data.toString());
  }

  /** Finds the containers of a dataspace. */
  Map<String, String> named(String name) {
    return Map.of(HOME, home.id(), NAME, name);
  }

  /** Finds the container that serves a data directory. */
  Map<String, String> of(Path data) {
    return Map.of(HOME, home.id(), DATA, data.toString());
  }

  /**
   * Whether nobody needs what has these labels.
   *
   * @param known the dataspaces that there are
   */
  static boolean areOrphans(Map<String, String> labels, List<String> known) {
    String process = labels.get(PROCESS);
    return process == null
        ? !known.contains(labels.getOrDefault(NAME, ""))
        : ProcessState.of(Long.parseLong(process)) == ProcessState.GONE;
  }
}
