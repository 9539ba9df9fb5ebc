package io.github.dataspaces.prepare;

import io.github.dataspaces.dump.ArchiveBlock.Piece;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** PostgreSQL's large objects, which an archive holds beside the rows. */
final class LargeObjects {

  private static final int PART = 1 << 20;

  private LargeObjects() {}

  /** Fills one that has been made. */
  static void write(Connection connection, Piece piece) throws SQLException, IOException {
    try (PreparedStatement put =
        connection.prepareStatement("select pg_catalog.lo_put(?::oid, ?, ?)")) {
      long offset = 0;
      byte[] part = piece.data().readNBytes(PART);
      while (part.length > 0) {
        put.setString(1, Long.toString(piece.largeObject()));
        put.setLong(2, offset);
        put.setBytes(3, part);
        put.execute();
        offset += part.length;
        part = piece.data().readNBytes(PART);
      }
    }
  }
}
