package io.github.dataspaces;

import io.github.dataspaces.process.ExternalTool;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.storage.DirectoryStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at what dataspaces can use on this machine. Opening the home has made it, so there is
 * nothing left to make.
 */
final class Setup {

  private final Services services;

  Setup(Services services) {
    this.services = services;
  }

  List<SetupCheck> checks() {
    List<SetupCheck> checks = new ArrayList<>();
    Path home = services.home().root();
    checks.add(new SetupCheck("home", true, home.toString(), ""));
    services.runtimes().forEach(runtime -> checks.add(runtime(runtime)));
    checks.add(cloning(home));
    checks.add(tool(ExternalTool.RSYNC));
    if (isBtrfs(home)) {
      checks.add(tool(ExternalTool.BTRFS));
    }
    return checks;
  }

  private static SetupCheck runtime(DatabaseRuntime runtime) {
    Optional<String> why = runtime.unavailable();
    String what = "runtime " + runtime.name();
    return why.isEmpty()
        ? new SetupCheck(what, true, "can be used", "")
        : new SetupCheck(what, false, why.get(), "Not needed while another runtime can be used.");
  }

  private static SetupCheck cloning(Path home) {
    String cloner = DirectoryStorage.own().clonerName(home);
    boolean shares = !cloner.equals("rsync") && !cloner.equals("copy");
    String detail = "%s on %s".formatted(cloner, fileSystem(home));
    return shares
        ? new SetupCheck("copy method", true, detail, "")
        : new SetupCheck(
            "copy method",
            true,
            detail + ": every snapshot copies its bytes",
            "Snapshots of any size are made at once, and share their bytes, with the home on XFS (made with reflink=1), btrfs or APFS: set DATASPACES_HOME.");
  }

  private static SetupCheck tool(ExternalTool tool) {
    Optional<Path> found = tool.find();
    return found.isPresent()
        ? new SetupCheck(
            tool.name(), true, tool.version().orElse("present") + " at " + found.get(), "")
        : new SetupCheck(tool.name(), false, tool.purpose(), tool.remedy());
  }

  private static boolean isBtrfs(Path path) {
    return fileSystem(path).equals("btrfs");
  }

  private static String fileSystem(Path path) {
    try {
      return Files.getFileStore(path).type();
    } catch (java.io.IOException e) {
      return "an unknown file system";
    }
  }
}
