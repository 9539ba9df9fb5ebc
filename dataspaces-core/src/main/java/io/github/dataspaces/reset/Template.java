package io.github.dataspaces.reset;

import java.util.List;

/**
 * A sealed copy of a database: nobody can connect to it, so it can always be cloned.
 *
 * @param name its name
 * @param of the database it is a copy of
 */
record Template(String name, String of) {

  /** For the database that holds what must outlast a process. */
  static final List<String> TABLES =
      List.of(
          "create table if not exists template (name text, original text)",
          "create table if not exists dependency (template text, dependency pg_shdepend)",
          "create unlogged table if not exists crash_free as select 1 as witness",
          "create table if not exists left_as (part text, content text)",
          "create table if not exists left_at (state text, sequences text, sequence_values text, sessions text, written text, transaction text)");

  /** What the names of its clones begin with. */
  String clonePrefix() {
    return name.replace("_template_", "_clone_") + "_";
  }

  /**
   * Whole files are copied, not block by block through the log: that is quicker at every size where
   * checkpoints are not flushed to the disk, see {@code benchmarks}, and takes no time at all for
   * the bytes where the file system shares them.
   */
  String createStatement(String clone) {
    return "create database \"%s\" template \"%s\" strategy file_copy".formatted(clone, name);
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
        "insert into template values ('%s', '%s')".formatted(name, of.replace("'", "''")));
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
    String original = of.replace("'", "''");
    return List.of(
        "update pg_database set datname = '%s' where datname = '%s'".formatted(old, original),
        "update pg_database set datname = '%s' where datname = '%s'".formatted(original, clone),
        // fails, and undoes all, if there was no such clone
        "select 1 / count(*) from pg_database where datname = '%s'".formatted(original),
        "insert into pg_shdepend select %s, (dependency).classid, (dependency).objid, (dependency).objsubid, (dependency).refclassid, (dependency).refobjid, (dependency).deptype from dependency where template = '%s'"
            .formatted(number(original), name),
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + old + "'");
  }

  private static String number(String database) {
    return "(select oid from pg_database where datname = '" + database + "')";
  }
}
