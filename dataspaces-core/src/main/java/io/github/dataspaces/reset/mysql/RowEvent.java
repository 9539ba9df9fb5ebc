package io.github.dataspaces.reset.mysql;

import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.AbstractRowsEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * A logged change of a table's rows, which can be made again, or taken back. The rows are not
 * decoded: what comes back is, byte for byte, what was there.
 *
 * <p>A row has one image, of what was deleted or inserted, or two, of before and after an update.
 *
 * @param table whose rows they are
 * @param kind what was done to them
 * @param tableMap the event that has to come before it
 * @param header its own header
 * @param beginning what comes before the images
 * @param columns which columns each image has, as bits
 * @param rows their images
 * @param absent the columns that an image lacks, from 0
 */
record RowEvent(
    TableName table,
    Kind kind,
    byte[] tableMap,
    EventHeader header,
    byte[] beginning,
    byte[][] columns,
    List<byte[][]> rows,
    BitSet absent) {

  private static final int FLAGS = 6;
  private static final int EXTRA = 8;
  private static final int END_OF_STATEMENT = 1;
  private static final int WITHOUT_FOREIGN_KEY_CHECKS = 2;

  enum Kind {
    INSERT,
    UPDATE,
    DELETE
  }

  /**
   * Takes an event apart.
   *
   * @throws IOException if it cannot be understood
   */
  static RowEvent parse(EventHeader header, byte[] body, byte[] tableMap, TableMapEventData map)
      throws IOException {
    int width = map.getColumnTypes().length;
    byte[][] columns = new byte[header.kind() == Kind.UPDATE ? 2 : 1][];
    int start = EXTRA + (header.hasExtraData() ? unsigned(body, EXTRA) : 0);
    start += width < 251 ? 1 : 3;
    byte[] beginning = Arrays.copyOf(body, start);
    beginning[FLAGS] |= END_OF_STATEMENT | WITHOUT_FOREIGN_KEY_CHECKS;
    BitSet absent = new BitSet();
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Arrays.copyOfRange(body, start, start + (width + 7) / 8);
      start += columns[i].length;
      BitSet present = BitSet.valueOf(columns[i]);
      present.flip(0, width);
      absent.or(present.get(0, width));
    }
    byte[] images = Arrays.copyOfRange(body, start, body.length);
    return new RowEvent(
        new TableName(map.getDatabase(), map.getTable()),
        header.kind(),
        tableMap,
        header,
        beginning,
        columns,
        new Images(map).split(images, columns),
        absent);
  }

  private static int unsigned(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  /** The events, as the server applies them, that take this one back. */
  byte[] inverse() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(beginning);
    writeReversed(columns, body);
    for (int i = rows.size() - 1; i >= 0; i--) {
      writeReversed(rows.get(i), body);
    }
    return event(header.inverse(), body);
  }

  /** The events that make the same change again. */
  byte[] again() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(beginning);
    for (byte[] part : columns) {
      body.writeBytes(part);
    }
    for (byte[][] row : rows) {
      for (byte[] image : row) {
        body.writeBytes(image);
      }
    }
    return event(header, body);
  }

  /** How long its rows are. */
  long bytes() {
    return rows.stream().flatMap(Arrays::stream).mapToLong(image -> image.length).sum();
  }

  private byte[] event(EventHeader rowsHeader, ByteArrayOutputStream body) {
    ByteArrayOutputStream events = new ByteArrayOutputStream();
    events.writeBytes(tableMap);
    events.writeBytes(rowsHeader.before(body.toByteArray()));
    return events.toByteArray();
  }

  private static void writeReversed(byte[][] parts, ByteArrayOutputStream to) {
    for (int i = parts.length - 1; i >= 0; i--) {
      to.writeBytes(parts[i]);
    }
  }

  /** Finds where each image ends. */
  private static final class Images extends AbstractRowsEventDataDeserializer<EventData> {

    Images(TableMapEventData map) {
      super(Map.of(0L, map));
    }

    List<byte[][]> split(byte[] bytes, byte[][] columns) throws IOException {
      ByteArrayInputStream stream = new ByteArrayInputStream(bytes);
      List<byte[][]> rows = new ArrayList<>();
      while (stream.available() > 0) {
        byte[][] row = new byte[columns.length][];
        for (int i = 0; i < row.length; i++) {
          int from = bytes.length - stream.available();
          deserializeRow(0L, BitSet.valueOf(columns[i]), stream);
          row[i] = Arrays.copyOfRange(bytes, from, bytes.length - stream.available());
        }
        rows.add(row);
      }
      return List.copyOf(rows);
    }

    @Override
    public EventData deserialize(ByteArrayInputStream stream) {
      throw new UnsupportedOperationException();
    }
  }
}
