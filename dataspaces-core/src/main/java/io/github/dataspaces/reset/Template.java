package io.github.dataspaces.reset;

import java.util.List;

/**
 * A sealed copy of a database: nobody can connect to it, so it can always be cloned.
 *
 * @param name its name
 * @param of the database it is a copy of
 * @param strategy how PostgreSQL copies it
 */
record Template(String name, String of, String strategy) {

  /**
   * Databases of up to this size are copied through the log, which needs no checkpoint: measured in
   * benchmarks.
   */
  private static final long SMALL = 16L * 1024 * 1024;

  static String strategyFor(long bytes) {
    return bytes <= SMALL ? "wal_log" : "file_copy";
  }

  String createStatement(String clone) {
    return "create database \"%s\" template \"%s\" strategy %s".formatted(clone, name, strategy);
  }

  /**
   * What a clone does not take over from its template, taken over from the original, whose
   * catalogue rows last as long as it does.
   */
  List<String> attributeStatements(String clone) {
    String target = "(select oid from pg_database where datname = '" + clone + "')";
    String source = "(select oid from pg_database where datname = '" + name + "')";
    return List.of(
        "update pg_database c set datdba = t.datdba, datacl = t.datacl, datconnlimit = t.datconnlimit from pg_database t where c.datname = '%s' and t.datname = '%s'"
            .formatted(clone, name),
        "insert into pg_db_role_setting select %s, setrole, setconfig from pg_db_role_setting where setdatabase = %s"
            .formatted(target, source),
        "insert into pg_shdescription select %s, classoid, description from pg_shdescription where classoid = 'pg_database'::regclass and objoid = %s"
            .formatted(target, source));
  }
}
