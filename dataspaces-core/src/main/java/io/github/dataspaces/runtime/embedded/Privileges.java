package io.github.dataspaces.runtime.embedded;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.process.CommandRunner;
import io.github.dataspaces.process.Platform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets servers that refuse to run as root run under a root account: containers and CI often have no
 * other.
 *
 * <p>The first way that works is taken. In a user namespace the process is nobody but its files
 * still are root's, so it can use a home under /root. Where namespaces are forbidden, as in many
 * containers, it becomes the user nobody and keeps only the right to pass through folders that are
 * not nobody's.
 */
enum Privileges {
  NOT_ROOT(List.of()),
  USER_NAMESPACE(List.of("unshare", "--user")),
  NOBODY(
      List.of(
          "setpriv",
          // without it, programs that ask whether they may execute others hear no
          "--securebits=+no_setuid_fixup",
          "--reuid=65534",
          "--regid=65534",
          "--clear-groups",
          "--inh-caps=-all,+dac_override",
          "--ambient-caps=-all,+dac_override"));

  private final List<String> prefix;

  Privileges(List<String> prefix) {
    this.prefix = prefix;
  }

  /** What this process needs. */
  static Privileges detect(CommandRunner runner) {
    if (!Platform.current().posix() || !isRoot(runner)) {
      return NOT_ROOT;
    }
    for (Privileges way : List.of(USER_NAMESPACE, NOBODY)) {
      if (way.works(runner)) {
        return way;
      }
    }
    throw new DataspaceException(
        Reason.INFRASTRUCTURE,
        "Database servers refuse to run as root, and neither user namespaces (unshare --user) nor setpriv work here.",
        "Run the build as an ordinary user, install util-linux, or use runtime=docker.");
  }

  /** The command that does the same with fewer rights. */
  List<String> wrap(List<String> command) {
    List<String> wrapped = new ArrayList<>(prefix);
    wrapped.addAll(command);
    return wrapped;
  }

  /**
   * Whom a folder must belong to before a server can own its files there; empty if it is right as
   * it is.
   */
  Optional<List<String>> handOver(Path folder) {
    return this == NOBODY
        ? Optional.of(List.of("chown", "-R", "65534:65534", folder.toString()))
        : Optional.empty();
  }

  private boolean works(CommandRunner runner) {
    return runner.has(prefix.get(0)) && runner.run(wrap(List.of("true"))).ok();
  }

  private static boolean isRoot(CommandRunner runner) {
    return runner.run(List.of("id", "-u")).output().strip().equals("0");
  }
}
