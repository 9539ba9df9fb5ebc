package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.Progress;
import io.github.dataspaces.config.ToolLibraries;
import io.github.dataspaces.flavour.Flavours;
import io.github.dataspaces.home.Home;
import io.github.dataspaces.home.Locks;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.snapshot.SnapshotCatalogue;
import java.util.List;

/**
 * What the parts of the facade share.
 *
 * @param home the home
 * @param locks its locks
 * @param flavours the engines there are
 * @param runtimes what can run them; the first that is available is preferred
 * @param catalogue the snapshots
 * @param libraries where migration tools are found
 * @param progress who hears of long work
 */
record Services(
    Home home,
    Locks locks,
    Flavours flavours,
    List<DatabaseRuntime> runtimes,
    SnapshotCatalogue catalogue,
    ToolLibraries libraries,
    Progress progress) {

  DatabaseRuntime runtime(String name) {
    return runtimes.stream()
        .filter(runtime -> runtime.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new DataspaceException(
                    Reason.INCOMPATIBLE,
                    "It needs the runtime '%s', which this version does not have.".formatted(name),
                    "Use the version of dataspaces that made it."));
  }
}
