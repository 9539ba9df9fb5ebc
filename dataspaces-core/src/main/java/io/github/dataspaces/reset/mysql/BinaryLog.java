package io.github.dataspaces.reset.mysql;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.ByteArrayEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.RotateEventData;
import com.github.shyiko.mysql.binlog.event.TransactionPayloadEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.ByteArrayEventDataDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDataDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.flavour.Address;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Listens to a server's binary log, as a replica does, and keeps what it hears until it is asked
 * for it. Thread-safe.
 */
final class BinaryLog implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 64 << 20;
  private static final Set<EventType> AS_BYTES =
      Set.of(
          EventType.FORMAT_DESCRIPTION,
          EventType.TABLE_MAP,
          EventType.WRITE_ROWS,
          EventType.UPDATE_ROWS,
          EventType.DELETE_ROWS,
          EventType.EXT_WRITE_ROWS,
          EventType.EXT_UPDATE_ROWS,
          EventType.EXT_DELETE_ROWS);

  /** The client tells of each connection; held, because loggers are forgotten otherwise. */
  private static final Logger CLIENT = Logger.getLogger(BinaryLogClient.class.getName());

  private final BinaryLogClient client;
  private final LogReader reader = new LogReader();
  private final Deque<Heard> heard = new ArrayDeque<>();
  private String file;
  private Position reached;
  private byte[] format = {};
  private int bytes;
  private String failure = "";

  /** A change, and where it ends. */
  private record Heard(Position end, Change change) {}

  private BinaryLog(Address address, Position from) {
    CLIENT.setLevel(Level.OFF);
    this.file = from.file();
    this.reached = from;
    this.client =
        new BinaryLogClient(
            address.host(),
            address.port(),
            address.credentials().username(),
            address.credentials().password());
    client.setServerId(ProcessHandle.current().pid() << 8 | System.identityHashCode(this) & 0xff);
    client.setKeepAlive(false);
    client.setBinlogFilename(from.file());
    client.setBinlogPosition(from.offset());
    EventDeserializer deserializer = new EventDeserializer();
    AS_BYTES.forEach(
        type -> deserializer.setEventDataDeserializer(type, new ByteArrayEventDataDeserializer()));
    deserializer.setEventDataDeserializer(
        EventType.TRANSACTION_PAYLOAD, (EventDataDeserializer<?>) BinaryLog::leaveCompressed);
    client.setEventDeserializer(deserializer);
    client.registerEventListener(this::hear);
    client.registerLifecycleListener(new Ends());
  }

  /**
   * Listens from a position on.
   *
   * @throws DataspaceException if the server does not let it
   */
  static BinaryLog open(Address address, Position from) {
    BinaryLog log = new BinaryLog(address, from);
    try {
      log.client.connect(LONGEST.toMillis());
      return log;
    } catch (IOException | TimeoutException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "The binary log could not be read: %s.".formatted(e.getMessage()),
          "",
          e);
    }
  }

  /** A session may have had its transactions compressed, which takes another library to read. */
  private static TransactionPayloadEventData leaveCompressed(ByteArrayInputStream bytes) {
    TransactionPayloadEventData nothing = new TransactionPayloadEventData();
    nothing.setUncompressedEvents(new ArrayList<>());
    return nothing;
  }

  /** What the server calls the connection. */
  String sessionId() {
    return String.valueOf(client.getConnectionId());
  }

  private final class Ends extends BinaryLogClient.AbstractLifecycleListener {
    @Override
    public void onCommunicationFailure(BinaryLogClient source, Exception cause) {
      fail(String.valueOf(cause.getMessage()));
    }

    @Override
    public void onEventDeserializationFailure(BinaryLogClient source, Exception cause) {
      obstruct();
    }

    @Override
    public void onDisconnect(BinaryLogClient source) {
      fail("its connection was ended");
    }
  }

  private synchronized void fail(String why) {
    if (failure.isEmpty()) {
      failure = why;
    }
    notifyAll();
  }

  /**
   * What was logged, of columns that only MariaDB has for example, is lost, and no more than that.
   */
  private synchronized void obstruct() {
    Change unknown = new Change.Obstacle("the server logged something that is not understood");
    heard.add(new Heard(reached, unknown));
  }

  private synchronized void hear(Event event) {
    EventHeaderV4 header = event.getHeader();
    if (event.getData() instanceof RotateEventData rotation) {
      file = rotation.getBinlogFilename();
      reach(new Position(file, rotation.getBinlogPosition()));
      return;
    }
    if (event.getData() instanceof ByteArrayEventData data
        && header.getEventType() == EventType.FORMAT_DESCRIPTION) {
      format = EventHeader.of(header, EventHeader.FORMAT).before(data.getData());
      return;
    }
    Position end = new Position(file, header.getNextPosition());
    reader.read(event).ifPresent(change -> keep(new Heard(end, change), header.getEventLength()));
    reach(end);
  }

  private void keep(Heard change, long length) {
    bytes += (int) length;
    if (bytes > MOST_BYTES) {
      heard.clear();
      heard.add(new Heard(change.end(), new Change.Obstacle("more was written than is kept")));
    } else {
      heard.add(change);
    }
  }

  private void reach(Position position) {
    // what is not in the log itself, but only sent, has none
    if (position.offset() > 0 && position.compareTo(reached) > 0) {
      reached = position;
    }
    notifyAll();
  }

  /**
   * What was written since it was last asked, up to a position, and an obstacle if it cannot be
   * known. What comes after that is left.
   */
  synchronized List<Change> upTo(Position position) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (failure.isEmpty() && reached.compareTo(position) < 0) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        fail("it was not sent in time");
      }
      try {
        wait(Math.max(1, left));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        fail("the wait was interrupted");
      }
    }
    List<Change> changes = new ArrayList<>();
    if (!failure.isEmpty()) {
      changes.add(new Change.Obstacle("the binary log could not be read: " + failure));
    }
    while (!heard.isEmpty() && heard.peek().end().compareTo(position) <= 0) {
      changes.add(heard.remove().change());
    }
    if (heard.isEmpty()) {
      bytes = 0;
    }
    return changes;
  }

  /** The event that describes all others; a session is told it before it is told those. */
  synchronized byte[] format() {
    return format.clone();
  }

  @Override
  public void close() {
    try {
      client.disconnect();
    } catch (IOException e) {
      // the server has ended it
    }
  }
}
