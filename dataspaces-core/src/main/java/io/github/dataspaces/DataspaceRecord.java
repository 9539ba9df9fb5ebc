package io.github.dataspaces;

import io.github.dataspaces.flavour.Purpose;
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
 * @param pool what tests may take it for, one after the other; empty for one that has a user
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
    Optional<Owner> owner,
    Optional<String> pool)
    implements Entry.Record {

  DataspaceRecord withData(int folder, Origin files, Optional<String> snapshot) {
    return new DataspaceRecord(
        folder, files, port, durable, created, expires, from, snapshot, owner, pool);
  }

  DataspaceRecord withParent(String snapshot) {
    return withData(data, origin, Optional.of(snapshot));
  }

  DataspaceRecord withPort(int other) {
    return new DataspaceRecord(
        data, origin, other, durable, created, expires, from, parent, owner, pool);
  }

  DataspaceRecord withOrigin(Origin other) {
    return withData(data, other, parent);
  }

  /** In the hands of a process. */
  DataspaceRecord takenBy(Owner taker) {
    return new DataspaceRecord(
        data,
        origin,
        port,
        durable,
        created,
        Optional.empty(),
        from,
        parent,
        Optional.of(taker),
        pool);
  }

  /** In nobody's hands, for others of its pool to take until then. */
  DataspaceRecord idleUntil(Instant end) {
    return new DataspaceRecord(
        data,
        origin,
        port,
        durable,
        created,
        Optional.of(end),
        from,
        parent,
        Optional.empty(),
        pool);
  }

  Purpose purpose() {
    if (durable) {
      return Purpose.DURABLE;
    }
    return owner.isPresent() || pool.isPresent() ? Purpose.TESTS : Purpose.QUICK;
  }

  boolean isIdle(String wanted) {
    return owner.isEmpty() && pool.filter(wanted::equals).isPresent();
  }
}
