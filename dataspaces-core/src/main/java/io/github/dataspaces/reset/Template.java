package io.github.dataspaces.reset;

import java.util.List;

/**
 * A sealed copy of a database: nobody can connect to it, so it can always be cloned.
 *
 * @param name its name
 * @param of the database it is a copy of
 * @param settings what the main database's sessions begin with, see {@link ConnectionsAhead}; empty
 *     for other databases
 */
record Template(String name, String of, String settings) {

  /** For the database that holds what must outlast a process. */
  static final List<String> TABLES =
      List.of(
          "create table if not exists template (name text, original text, settings text)",
          "create table if not exists dependency (template text, dependency pg_shdepend)",
          "create unlogged table if not exists crash_free as select 1 as witness",
          "create table if not exists left_as (part text, content text)",
          "create table if not exists left_at (state text, sequences text, sequence_values text, sessions text, written text, transaction text)");

  /** What {@link #swapStatements} execute, for the server to plan once for a session. */
  static final List<String> PREPARATIONS =
      List.of(
          "prepare dataspaces_rename (text, text) as update pg_database set datname = $2 where datname = $1",
          // fails, and undoes all, if there was no such clone
          "prepare dataspaces_check (text) as select 1 / count(*) from pg_database where datname = $1",
          """
          prepare dataspaces_depend (text, text) as
          insert into pg_shdepend
          select (select oid from pg_database where datname = $1), (dependency).classid, (dependency).objid,
            (dependency).objsubid, (dependency).refclassid, (dependency).refobjid, (dependency).deptype
          from dependency where template = $2""",
          """
          prepare dataspaces_end (text) as
          select pg_terminate_backend(pid) from pg_stat_get_activity(null)
          where datid = (select oid from pg_database where datname = $1)""");

  /** What the names of its clones begin with. */
  String clonePrefix() {
    return name.replace("_template_", "_clone_") + "_";
  }

  /** Makes a database of its files. */
  String createStatement(String clone, String strategy) {
    return "create database \"%s\" template \"%s\"%s".formatted(clone, name, strategy);
  }

  /**
   * What a clone does not take over from its template, taken over from the original, whose
   * catalogue rows last as long as it does.
   */
  List<String> attributeStatements(String clone) {
    return List.of(
        "update pg_database c set datdba = t.datdba, datacl = t.datacl, datconnlimit = t.datconnlimit from pg_database t where c.datname = '%s' and t.datname = '%s'"
            .formatted(clone, name),
        "insert into pg_db_role_setting select %s, setrole, setconfig from pg_db_role_setting where setdatabase = %s"
            .formatted(number(clone), number(name)),
        "insert into pg_shdescription select %s, classoid, description from pg_shdescription where classoid = 'pg_database'::regclass and objoid = %s"
            .formatted(number(clone), number(name)));
  }

  /**
   * Makes a copy a template. That a role owns something in it is taken out of the server's books,
   * or else a test could not drop that role.
   */
  List<String> sealStatements() {
    return List.of(
        "update pg_database set datistemplate = true, datallowconn = false where datname = '%s'"
            .formatted(name),
        "insert into dependency select '%s', d from pg_shdepend d where dbid = %s"
            .formatted(name, number(name)),
        "delete from pg_shdepend where dbid = " + number(name),
        "insert into template values ('%s', %s, '%s')"
            .formatted(name, AdminConnection.literal(of), settings));
  }

  /** Makes a template a database that can be dropped. */
  List<String> unsealStatements() {
    return List.of(
        "update pg_database set datistemplate = false where datname = '%s'".formatted(name),
        "delete from dependency where template = '%s'".formatted(name),
        "delete from template where name = '%s'".formatted(name));
  }

  /**
   * Swaps a clone in, for the original or whatever has its name now.
   *
   * <p>The names are changed in the catalogue itself: {@code alter database … rename} does no more,
   * but waits for all sessions to end, and the old database's may as well end afterwards.
   */
  List<String> swapStatements(String clone, String old) {
    String original = AdminConnection.literal(of);
    return List.of(
        "execute dataspaces_rename (%s, '%s')".formatted(original, old),
        "execute dataspaces_rename ('%s', %s)".formatted(clone, original),
        "execute dataspaces_check (%s)".formatted(original),
        "execute dataspaces_depend (%s, '%s')".formatted(original, name),
        "execute dataspaces_end ('%s')".formatted(old));
  }

  private static String number(String database) {
    return "(select oid from pg_database where datname = '" + database + "')";
  }
}
