package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.flavour.Address;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.RunningDatabase;
import io.github.dataspaces.runtime.Server;
import io.github.dataspaces.runtime.ServerState;
import io.github.dataspaces.snapshot.Origin;
import io.github.dataspaces.snapshot.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what is there. Changes nothing. */
final class Inspection {

  private final Services services;
  private final Store store;
  private final Map<String, String> cloners = new HashMap<>();

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
    return new DataspaceInfo(
        name,
        runtime.state(server).toString(),
        origin.flavour(),
        origin.version(),
        origin.runtime(),
        origin.source(),
        database.address().host(),
        database.address().port(),
        database.jdbcUrl(),
        origin.database(),
        origin.username(),
        runtime.storage(server.edition()).size(server.data()),
        record.created(),
        record.expires(),
        record.from(),
        record.durable(),
        server.data().toString(),
        cloner(runtime, server),
        services.catalogue().names(name));
  }

  private String cloner(DatabaseRuntime runtime, Server server) {
    return cloners.computeIfAbsent(
        runtime.name(),
        name -> runtime.storage(server.edition()).clonerName(services.home().root()));
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
    RunningDatabase database = running(name);
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
        snapshot.taken());
  }
}
