package io.github.dataspaces.reset.mysql;

import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What precedes each event in the binary log.
 *
 * @param type the event's type, as a number
 */
record EventHeader(int timestamp, byte type, int serverId, short flags) {

  static final int TABLE_MAP = 19;
  static final int FORMAT = 15;
  private static final int LENGTH = 19;

  /** Rows as MariaDB logs them, from here: inserted, updated, deleted. */
  private static final int ROWS = 23;

  /** And as MySQL does. */
  private static final int EXTENDED_ROWS = 30;

  static EventHeader of(EventHeaderV4 header, int type) {
    return new EventHeader(
        (int) (header.getTimestamp() / 1000),
        (byte) type,
        (int) header.getServerId(),
        (short) header.getFlags());
  }

  /** Of an event of the kind of {@link RowEvent}. */
  RowEvent.Kind kind() {
    return RowEvent.Kind.values()[type - (hasExtraData() ? EXTENDED_ROWS : ROWS)];
  }

  boolean hasExtraData() {
    return type >= EXTENDED_ROWS;
  }

  /** Of the event that takes rows back: what was inserted is deleted, and the other way round. */
  EventHeader inverse() {
    int base = hasExtraData() ? EXTENDED_ROWS : ROWS;
    return new EventHeader(timestamp, (byte) (2 * base + 2 - type), serverId, flags);
  }

  /** A whole event. */
  byte[] before(byte[] body) {
    return ByteBuffer.allocate(LENGTH + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(timestamp)
        .put(type)
        .putInt(serverId)
        .putInt(LENGTH + body.length)
        .putInt(0)
        .putShort(flags)
        .put(body)
        .array();
  }
}
