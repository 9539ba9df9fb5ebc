package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.Names;
import io.github.dataspaces.config.Suggestion;
import io.github.dataspaces.flavour.Credentials;
import io.github.dataspaces.flavour.Purpose;
import io.github.dataspaces.home.Entry;
import io.github.dataspaces.home.Home;
import io.github.dataspaces.home.Operation;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.Server;
import io.github.dataspaces.runtime.ServerEdition;
import io.github.dataspaces.snapshot.Origin;
import io.github.dataspaces.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The dataspaces on the disk. */
final class Store {

  private final Services services;

  Store(Services services) {
    this.services = services;
  }

  /** The place of a dataspace, whether or not it is there. */
  Entry<DataspaceRecord> entry(String name) {
    return new Entry<>(services.home().dataspace(name), DataspaceRecord.class);
  }

  /** The names of all that are published, damaged ones included. */
  List<String> names() {
    return Home.namesIn(services.home().dataspaces()).stream()
        .filter(name -> entry(name).exists())
        .toList();
  }

  /**
   * @throws DataspaceException {@link Reason#NOT_FOUND} with what there is instead
   */
  DataspaceRecord get(String name) {
    return entry(Names.dataspace(name)).read().orElseThrow(() -> missing(name));
  }

  /** Whether it is for tests that take it in turn. */
  boolean isPooled(String name) {
    try {
      return entry(name).read().flatMap(DataspaceRecord::pool).isPresent();
    } catch (DataspaceException damaged) {
      return false;
    }
  }

  /**
   * Fails if a dataspace is not there, and does not mind a damaged one.
   *
   * @throws DataspaceException {@link Reason#NOT_FOUND} with what there is instead
   */
  void require(String name) {
    if (!entry(Names.dataspace(name)).exists()) {
      throw missing(name);
    }
  }

  /** Whether there is a dataspace whose record cannot be read. */
  boolean isDamaged(String name) {
    try {
      entry(name).read();
      return false;
    } catch (DataspaceException damaged) {
      return true;
    }
  }

  /** Gives back what the servers of the home share, once there is none and none is being made. */
  void releaseSharedIfLast() {
    Home home = services.home();
    boolean makingTemplate =
        Home.namesIn(home.templates()).stream()
            .anyMatch(key -> !new Entry<>(home.template(key), Snapshot.class).exists());
    if (Home.namesIn(home.dataspaces()).isEmpty() && !makingTemplate) {
      services.runtimes().forEach(DatabaseRuntime::releaseShared);
    }
  }

  /** The server of a dataspace. */
  Server server(String name, DataspaceRecord record) {
    return server(
        name,
        record.origin(),
        entry(name).data(record.data()),
        services.home().serverLog(name),
        record.port(),
        record.purpose());
  }

  /** A server for files of that origin. */
  Server server(String name, Origin origin, Path data, Path log, int port, Purpose purpose) {
    return new Server(
        name,
        services.flavours().named(origin.flavour()),
        new ServerEdition(origin.source(), origin.contentId(), origin.editionVersion()),
        data,
        log,
        port,
        new Credentials(origin.database(), origin.username(), origin.password()),
        purpose);
  }

  DatabaseRuntime runtime(DataspaceRecord record) {
    return services.runtime(record.origin().runtime());
  }

  /** The ports that dataspaces of this home have, and those set aside for what is being made. */
  Set<Integer> ports() {
    Set<Integer> ports = new HashSet<>();
    Home home = services.home();
    Home.namesIn(home.dataspaces()).forEach(name -> addPorts(entry(name), ports));
    Home.namesIn(home.templates())
        .forEach(
            key ->
                new Entry<>(home.template(key), Snapshot.class)
                    .unfinished()
                    .map(Operation::port)
                    .ifPresent(ports::add));
    return ports;
  }

  private static void addPorts(Entry<DataspaceRecord> entry, Set<Integer> ports) {
    try {
      entry.read().map(DataspaceRecord::port).ifPresent(ports::add);
      entry.unfinished().map(Operation::port).ifPresent(ports::add);
    } catch (DataspaceException damaged) {
      // its port, if it runs, is in use and is found out by trying
    }
  }

  private DataspaceException missing(String name) {
    List<String> names = names();
    String there =
        names.isEmpty() ? "There are none." : "There are: %s.".formatted(String.join(", ", names));
    return new DataspaceException(
        Reason.NOT_FOUND,
        "There is no dataspace '%s'.".formatted(name),
        "%s %s Make one with: mvn dataspaces:create -Ddataspaces.name=%s"
            .formatted(Suggestion.phrase(name, names), there, name)
            .strip());
  }
}
