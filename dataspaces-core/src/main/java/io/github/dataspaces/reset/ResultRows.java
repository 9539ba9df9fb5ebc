package io.github.dataspaces.reset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a query answers with, as texts. */
public final class ResultRows {

  private ResultRows() {}

  /** All rows that are left, each as its columns' texts; a null is an empty text. */
  public static List<List<String>> of(ResultSet result) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    int columns = result.getMetaData().getColumnCount();
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        String text = result.getString(i);
        row.add(text == null ? "" : text);
      }
      rows.add(List.copyOf(row));
    }
    return List.copyOf(rows);
  }
}
