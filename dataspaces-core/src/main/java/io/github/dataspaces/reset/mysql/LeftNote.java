package io.github.dataspaces.reset.mysql;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a process leaves on a server for the next that uses it: the name of the state that it is in,
 * and what tells whether it still is. It is there only while nobody uses the server.
 */
final class LeftNote {

  private static final String DATABASE = "dataspaces_left";

  private final AdminSession admin;
  private final Dialect dialect;

  LeftNote(AdminSession admin, Dialect dialect) {
    this.admin = admin;
    this.dialect = dialect;
  }

  /**
   * What was left.
   *
   * @param untouched whether nobody has written since
   */
  record Left(String name, boolean untouched) {}

  void leave(String name) {
    admin.execute("create database " + DATABASE);
    admin.execute("create table %s.note (name text, witness longtext)".formatted(DATABASE));
    admin.update("insert into %s.note values (?, ?)".formatted(DATABASE), name, witness());
  }

  /** What was left; nobody else will find it. */
  Optional<Left> receive() {
    if (admin.query("show databases like '%s'".formatted(DATABASE)).isEmpty()) {
      return Optional.empty();
    }
    String now = witness();
    Optional<Left> left =
        admin.query("select name, witness from %s.note".formatted(DATABASE)).stream()
            .map(row -> new Left(row.get(0), row.get(1).equals(now)))
            .findFirst();
    remove();
    return left;
  }

  void remove() {
    admin.execute("drop database if exists " + DATABASE);
  }

  private String witness() {
    Counters counters = Counters.of(admin, dialect);
    TreeMap<String, Counters.Writes> writes = new TreeMap<>();
    counters.writes().forEach((table, count) -> writes.put(table.toString(), count));
    writes.keySet().removeIf(table -> table.startsWith(DATABASE + "."));
    TreeSet<String> tables = new TreeSet<>();
    for (List<String> row : admin.query(dialect.tablesQuery())) {
      if (!row.get(0).startsWith(DATABASE + "/")) {
        tables.add(row.toString());
      }
    }
    return String.join(
        "\n",
        counters.at().toString(),
        writes.toString(),
        tables.toString(),
        Settings.of(admin, dialect).variables().toString());
  }
}
