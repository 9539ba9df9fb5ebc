package io.github.dataspaces.reset;

import io.github.dataspaces.runtime.RunningDatabase;

/** The databases that a reset has made on a PostgreSQL server beside the user's. */
final class OwnDatabases {

  private static final String ALL =
      "select datname from pg_database where starts_with(datname, 'dataspaces_') and datname <> ?";

  private OwnDatabases() {}

  /** Drops all of them. */
  static void drop(RunningDatabase server) {
    try (AdminConnection admin =
        AdminConnection.open(server, server.address().credentials().database())) {
      drop(admin, "");
    }
  }

  /** Drops all but one. */
  static void drop(AdminConnection admin, String except) {
    admin
        .query(ALL, except)
        .forEach(
            row -> {
              admin.update(
                  "update pg_database set datistemplate = false where datname = ?", row.get(0));
              Sessions.end(admin, row.get(0));
              LargeFiles.remove(admin, row.get(0));
              CloneFolders.dropWhole(admin, new Transactions(), row.get(0));
            });
    CloneFolders.sweep(admin);
  }
}
