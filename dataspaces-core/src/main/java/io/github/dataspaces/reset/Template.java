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

  private static final String NUMBER = "(select oid from pg_database where datname = ?)";

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
  List<Command> attributes(String clone) {
    return List.of(
        Command.of(
            "update pg_database c set datdba = t.datdba, datacl = t.datacl, datconnlimit = t.datconnlimit from pg_database t where c.datname = ? and t.datname = ?",
            clone,
            name),
        Command.of(
            "insert into pg_db_role_setting select %1$s, setrole, setconfig from pg_db_role_setting where setdatabase = %1$s"
                .formatted(NUMBER),
            clone,
            name),
        Command.of(
            "insert into pg_shdescription select %1$s, classoid, description from pg_shdescription where classoid = 'pg_database'::regclass and objoid = %1$s"
                .formatted(NUMBER),
            clone,
            name));
  }

  /**
   * Has the database, and its clones that wait, begin sessions as the template says: if a role was
   * dropped, what it said was lost.
   */
  List<Command> settingsAnew() {
    String copies = "(select oid from pg_database where datname = ? or starts_with(datname, ?))";
    return List.of(
        Command.of(
            "delete from pg_db_role_setting where setdatabase in " + copies, of, clonePrefix()),
        Command.of(
            "insert into pg_db_role_setting select oid, setrole, setconfig from pg_db_role_setting, %s copies where setdatabase = %s"
                .formatted(copies, NUMBER),
            of,
            clonePrefix(),
            name));
  }

  /**
   * Makes a copy a template. That a role owns something in it is taken out of the server's books,
   * or else a test could not drop that role. What roles have to do with the original is noted.
   */
  List<Command> seal() {
    return List.of(
        Command.of(
            "update pg_database set datistemplate = true, datallowconn = false where datname = ?",
            name),
        Command.of(
            "insert into dependency select ?, d from pg_shdepend d where dbid = %1$s or classid = 'pg_database'::regclass and objid = %1$s"
                .formatted(NUMBER),
            name,
            name,
            of),
        Command.of("delete from pg_shdepend where dbid = " + NUMBER, name),
        Command.of("insert into template values (?, ?, ?)", name, of, settings));
  }

  /** Makes a template a database that can be dropped. */
  List<Command> unseal() {
    return List.of(
        Command.of("update pg_database set datistemplate = false where datname = ?", name),
        Command.of("delete from dependency where template = ?", name),
        Command.of("delete from template where name = ?", name));
  }

  /**
   * Swaps a clone in, for the original or whatever has its name now.
   *
   * <p>The names are changed in the catalogue itself: {@code alter database … rename} does no more,
   * but waits for all sessions to end, and the old database's may as well end afterwards, by {@link
   * Sessions#ofReplaced}.
   */
  List<Command> swap(String clone, String old) {
    return List.of(
        rename(of, old),
        rename(clone, of),
        // fails, and undoes all, if there was no such clone
        Command.of("select 1 / count(*) from pg_database where datname = ?", of),
        // roles have to do with the clone now, and with the other no more
        Command.of(
            "delete from pg_shdepend where dbid = %1$s or classid = 'pg_database'::regclass and objid = %1$s"
                .formatted(NUMBER),
            old,
            old),
        Command.of(
            """
            insert into pg_shdepend
            select case d.dbid when 0 then 0 else n.oid end, d.classid, case d.dbid when 0 then n.oid else d.objid end,
              d.objsubid, d.refclassid, d.refobjid, d.deptype
            from (select (dependency).* from dependency where template = ?) d, pg_database n where datname = ?""",
            name,
            of));
  }

  /** Gives a database another name. */
  static Command rename(String from, String to) {
    return Command.of("update pg_database set datname = ? where datname = ?", to, from);
  }
}
