package io.github.dataspaces;

import io.github.dataspaces.home.Entry;
import io.github.dataspaces.snapshot.Origin;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of a dataspace on the disk. What its server is doing is not: the process or the
 * container tells.
 *
 * @param data the number of its data folder
 * @param origin which server its files belong to
 * @param port its TCP port
 * @param durable whether it survives a crash of the machine
 * @param created when it was made
 * @param expires when it may be pruned
 * @param from what it was made from
 * @param parent the snapshot it was last taken to or came from
 * @param owner the process it goes with
 */
record DataspaceRecord(
    int data,
    Origin origin,
    int port,
    boolean durable,
    Instant created,
    Optional<Instant> expires,
    Optional<String> from,
    Optional<String> parent,
    Optional<Owner> owner)
    implements Entry.Record {

  DataspaceRecord withData(int folder, Origin files, Optional<String> snapshot) {
    return new DataspaceRecord(
        folder, files, port, durable, created, expires, from, snapshot, owner);
  }

  DataspaceRecord withParent(String snapshot) {
    return withData(data, origin, Optional.of(snapshot));
  }

  DataspaceRecord withPort(int other) {
    return new DataspaceRecord(data, origin, other, durable, created, expires, from, parent, owner);
  }

  DataspaceRecord withOrigin(Origin other) {
    return withData(data, other, parent);
  }
}
