package io.github.dataspaces.reset.mysql;

import com.github.shyiko.mysql.binlog.event.ByteArrayEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.TableMapEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Understands what a server logs, one event after the other. Used by one thread at a time. */
final class LogReader {

  private static final Pattern HARMLESS =
      Pattern.compile(
          "(begin|commit|savepoint|flush|analyze|xa start|xa end|xa commit|start transaction)\\b.*",
          Pattern.DOTALL);
  private static final Pattern COMMENT = Pattern.compile("^(\\s|/\\*.*?\\*/)+", Pattern.DOTALL);
  private static final Pattern DEFINER = Pattern.compile("\\bdefiner\\s*=\\s*\\S+\\s+");
  private static final Set<EventType> WITHOUT_MEANING =
      EnumSet.of(
          EventType.XID,
          EventType.XA_PREPARE,
          EventType.GTID,
          EventType.ANONYMOUS_GTID,
          EventType.PREVIOUS_GTIDS,
          EventType.MARIADB_GTID,
          EventType.MARIADB_GTID_LIST,
          EventType.BINLOG_CHECKPOINT,
          EventType.ANNOTATE_ROWS,
          EventType.ROWS_QUERY,
          EventType.HEARTBEAT,
          EventType.STOP);

  private final Map<Long, Known> tables = new HashMap<>();

  /** A table, as the event that comes before its rows describes it. */
  private record Known(byte[] event, TableMapEventData data) {}

  /** What an event changes. */
  Optional<Change> read(Event event) {
    EventHeaderV4 header = event.getHeader();
    EventType type = header.getEventType();
    try {
      if (event.getData() instanceof ByteArrayEventData bytes) {
        return rows(header, bytes.getData());
      }
    } catch (IOException | RuntimeException e) {
      return Optional.of(
          new Change.Obstacle(
              "rows were written in a way that is not understood (" + e.getMessage() + ")"));
    }
    if (event.getData() instanceof QueryEventData query) {
      return statement(query.getSql());
    }
    return WITHOUT_MEANING.contains(type)
        ? Optional.empty()
        : Optional.of(new Change.Obstacle("the server logged " + type));
  }

  private Optional<Change> rows(EventHeaderV4 header, byte[] body) throws IOException {
    EventHeader own = EventHeader.of(header, header.getEventType().ordinal());
    if (header.getEventType() == EventType.TABLE_MAP) {
      TableMapEventData data =
          new TableMapEventDataDeserializer().deserialize(new ByteArrayInputStream(body));
      tables.put(data.getTableId(), new Known(own.before(body), data));
      return Optional.empty();
    }
    long id = 0;
    for (int i = 5; i >= 0; i--) {
      id = id << 8 | body[i] & 0xff;
    }
    Known table = tables.get(id);
    if (table == null) {
      throw new IOException("of a table that was not named");
    }
    return Optional.of(new Change.Rows(RowEvent.parse(own, body, table.event(), table.data())));
  }

  /** Statements are logged where they define something. Their text may hold a password. */
  private static Optional<Change> statement(String sql) {
    String text = COMMENT.matcher(sql).replaceFirst("").toLowerCase(Locale.ROOT);
    if (HARMLESS.matcher(text).matches()) {
      return Optional.empty();
    }
    String[] words = DEFINER.matcher(text).replaceFirst("").split("[\\s(`]+", 3);
    String what = words.length > 1 ? words[0] + " " + words[1] : words[0];
    return Optional.of(
        new Change.Obstacle("a test has said '%s'".formatted(what.toUpperCase(Locale.ROOT))));
  }
}
