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

  static synchronized void copyInto(Path home) {
    Path warm = folder;
    if (warm == null) {
      warm = make();
      folder = warm;
    }
    Path source = warm;
    for (String part : new String[] {"runtimes", "templates"}) {
      String from = source.resolve(part) + "/.";
      String to = home.resolve(part).toString();
      boolean linked =
          part.equals("runtimes") && Command.run(Map.of(), "cp", "-al", from, to).exit() == 0;
      if (!linked) {
        Command.output("cp", "-a", from, to);
      }
    }
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
