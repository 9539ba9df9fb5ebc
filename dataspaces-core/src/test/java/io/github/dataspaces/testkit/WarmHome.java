package io.github.dataspaces.testkit;

import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Unpacked programs and empty servers, made once and copied into the homes of the tests. */
final class WarmHome {

  private static @Nullable Path folder;

  private WarmHome() {}

  static void copyInto(Path home) {
    copyProgramsInto(home);
    Command.output("cp", "-a", folder().resolve("templates") + "/.", home + "/templates");
  }

  static void copyProgramsInto(Path home) {
    String runtimes = folder().resolve("runtimes") + "/.";
    if (Command.run(Map.of(), "cp", "-al", runtimes, home + "/runtimes").exit() != 0) {
      Command.output("cp", "-a", runtimes, home + "/runtimes");
    }
  }

  /** For a disk that has no room for more: one template, and the programs where they are. */
  static void copyLittleInto(Path home, RuntimeChoice runtime) {
    Path runtimes = home.resolve("runtimes");
    Command.output("rm", "-rf", runtimes.toString());
    Command.output("ln", "-s", folder().resolve("runtimes").toString(), runtimes.toString());
    Command.output(
        "sh",
        "-c",
        "cd \"$1\" && cp -a $(grep -l '\"runtime\" : \"'$3 */record.json | xargs dirname) \"$2\"",
        "sh",
        folder().resolve("templates").toString(),
        home.resolve("templates").toString(),
        runtime.toString());
  }

  private static synchronized Path folder() {
    Path warm = folder;
    if (warm == null) {
      warm = make();
      folder = warm;
    }
    return warm;
  }

  private static Path make() {
    Path home = TestHome.FOLDER.resolve("warm-" + ProcessHandle.current().pid());
    try (Dataspaces dataspaces = Dataspaces.at(home).open()) {
      make(dataspaces, RuntimeChoice.EMBEDDED);
      if (DockerEngine.answers()) {
        make(dataspaces, RuntimeChoice.DOCKER);
      }
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(home)));
    return home;
  }

  private static void make(Dataspaces dataspaces, RuntimeChoice runtime) {
    dataspaces
        .create(DataspaceSpec.named("warm-" + runtime).runtime(runtime).build())
        .destroy(true);
  }

  private static void remove(Path home) {
    if (Files.isDirectory(home)) {
      TestHome.removeNetwork(TestHome.idOf(home));
      Command.run(Map.of(), "rm", "-rf", home.toString());
    }
  }
}
