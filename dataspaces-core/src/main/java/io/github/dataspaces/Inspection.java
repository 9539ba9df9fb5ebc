package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.flavour.Address;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.RunningDatabase;
import io.github.dataspaces.runtime.Server;
import io.github.dataspaces.runtime.ServerState;
import io.github.dataspaces.snapshot.Origin;
import io.github.dataspaces.snapshot.Snapshot;
import io.github.dataspaces.storage.DirectoryStorage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what is there. Changes nothing. */
final class Inspection {

  private static final Logger LOG = LoggerFactory.getLogger(Dataspaces.class);

  private final Services services;
  private final Store store;
  private final Map<String, String> cloners = new HashMap<>();
  private final Set<String> silent = new HashSet<>();

  Inspection(Services services) {
    this.services = services;
    this.store = new Store(services);
  }

  List<DataspaceInfo> list() {
    return store.names().stream().flatMap(name -> infoIfThere(name).stream()).toList();
  }

  /** Empty for one that has been destroyed since it was listed. */
  private Optional<DataspaceInfo> infoIfThere(String name) {
    try {
      return Optional.of(info(name));
    } catch (DataspaceException e) {
      return store.entry(name).exists()
          ? Optional.of(DataspaceInfo.unreadable(name))
          : Optional.empty();
    }
  }

  DataspaceInfo info(String name) {
    DataspaceRecord record = store.get(name);
    DatabaseRuntime runtime = store.runtime(record);
    Server server = store.server(name, record);
    RunningDatabase database = runtime.running(server);
    Origin origin = record.origin();
    String state = state(runtime, server);
    DirectoryStorage storage =
        state.equals(DataspaceInfo.UNKNOWN)
            ? DirectoryStorage.own() // whoever owns the files cannot be asked
            : runtime.storage(server.edition());
    return new DataspaceInfo(
        name,
        state,
        origin.flavour(),
        origin.version(),
        origin.runtime(),
        origin.source(),
        database.address().host(),
        database.address().port(),
        database.jdbcUrl(),
        origin.database(),
        origin.username(),
        storage.size(server.data()),
        record.created(),
        record.expires(),
        record.from(),
        record.durable(),
        server.arguments(),
        server.data().toString(),
        cloner(runtime, storage),
        services.catalogue().names(name));
  }

  /** One that does not answer is asked once only: that may take its time. */
  private String state(DatabaseRuntime runtime, Server server) {
    if (silent.contains(runtime.name())) {
      return DataspaceInfo.UNKNOWN;
    }
    try {
      return runtime.state(server).toString();
    } catch (DataspaceException e) {
      LOG.warn("{}", e.getMessage());
      silent.add(runtime.name());
      return DataspaceInfo.UNKNOWN;
    }
  }

  private String cloner(DatabaseRuntime runtime, DirectoryStorage storage) {
    return cloners.computeIfAbsent(
        runtime.name(), name -> storage.clonerName(services.home().root()));
  }

  /** How to reach a dataspace that is not stopped. */
  RunningDatabase running(String name) {
    DataspaceRecord record = store.get(name);
    DatabaseRuntime runtime = store.runtime(record);
    Server server = store.server(name, record);
    if (runtime.state(server) == ServerState.STOPPED) {
      throw Lifecycle.stopped(name);
    }
    return runtime.running(server);
  }

  ConnectionInfo connection(String name) {
    return connection(running(name));
  }

  /** How to connect to a database. */
  static ConnectionInfo connection(RunningDatabase database) {
    Address address = database.address();
    return new ConnectionInfo(
        database.jdbcUrl(),
        address.host(),
        address.port(),
        address.credentials().database(),
        address.credentials().username(),
        address.credentials().password(),
        database.flavour().uri(address),
        database.flavour().clientEnvironment(address));
  }

  /**
   * A dataspace's snapshots, the oldest first; damaged ones, whose age nobody knows, before them.
   */
  List<SnapshotInfo> snapshots(String dataspace) {
    return services.catalogue().names(dataspace).stream()
        .flatMap(name -> snapshotIfThere(new SnapshotReference(dataspace, name)).stream())
        .sorted(Comparator.comparing(SnapshotInfo::created))
        .toList();
  }

  /** Empty for one that has been deleted since it was listed. */
  private Optional<SnapshotInfo> snapshotIfThere(SnapshotReference reference) {
    try {
      return services.catalogue().entry(reference).read().map(Inspection::info);
    } catch (DataspaceException damaged) {
      return Optional.of(SnapshotInfo.unreadable(reference));
    }
  }

  static SnapshotInfo info(Snapshot snapshot) {
    return new SnapshotInfo(
        snapshot.reference().dataspace(),
        snapshot.reference().snapshot(),
        snapshot.origin().flavour(),
        snapshot.origin().version(),
        snapshot.origin().runtime(),
        snapshot.created(),
        snapshot.parent(),
        snapshot.cloner(),
        snapshot.size(),
        snapshot.taken(),
        true);
  }
}
