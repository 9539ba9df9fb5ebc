package io.github.dataspaces.reset.mysql;

import io.github.dataspaces.config.DataspaceException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Has the server apply logged rows, as it does what it is sent as a replica: to the byte, without
 * triggers, checks of keys and cascades. One thread at a time.
 */
final class RowWriter {

  /** A statement may not be as long as a packet. */
  private static final int MOST_BYTES = 1 << 20;

  private final AdminSession admin;
  private final BinaryLog log;
  private boolean formatTold;

  RowWriter(AdminSession admin, BinaryLog log) {
    this.admin = admin;
    this.log = log;
  }

  /**
   * Takes changes back, the last first.
   *
   * @throws DataspaceException if the rows are not as the changes have left them; none is then
   *     taken back
   */
  void undo(List<RowEvent> events) {
    List<byte[]> inverse = new ArrayList<>();
    for (int i = events.size() - 1; i >= 0; i--) {
      inverse.add(events.get(i).inverse());
    }
    apply(inverse);
  }

  /**
   * Makes changes again.
   *
   * @throws DataspaceException if the rows are not as the changes have found them; none is then
   *     made
   */
  void redo(List<RowEvent> events) {
    apply(events.stream().map(RowEvent::again).toList());
  }

  private void apply(List<byte[]> events) {
    if (events.isEmpty()) {
      return;
    }
    tellFormat();
    admin.execute("start transaction");
    try {
      statements(events).forEach(admin::execute);
      admin.execute("commit");
    } catch (DataspaceException e) {
      admin.execute("rollback");
      throw e;
    }
  }

  private void tellFormat() {
    if (!formatTold) {
      admin.execute(statement(log.format()));
      // MySQL: the format announces another server's transactions, but these are its own
      admin.attempt("set session gtid_next = 'automatic'");
      formatTold = true;
    }
  }

  private static List<String> statements(List<byte[]> events) {
    List<String> statements = new ArrayList<>();
    ByteArrayOutputStream next = new ByteArrayOutputStream();
    for (byte[] event : events) {
      if (next.size() > 0 && next.size() + event.length > MOST_BYTES) {
        statements.add(statement(next.toByteArray()));
        next.reset();
      }
      next.writeBytes(event);
    }
    statements.add(statement(next.toByteArray()));
    return statements;
  }

  private static String statement(byte[] events) {
    return "binlog '" + Base64.getEncoder().encodeToString(events) + "'";
  }
}
