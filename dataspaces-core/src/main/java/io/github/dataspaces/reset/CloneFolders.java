package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The folders of PostgreSQL's clones, which are used again: what a clone costs is making its files
 * and removing them, and a test changes few of them, if any, because most of what it has written is
 * still in the server's memory when the database is dropped.
 *
 * <p>A clone's folder is kept elsewhere, with a link in the place where the server looks for it.
 * Dropping a database empties the server's memory of it, and leaves alone what is behind a link
 * ({@code remove_dbtablespaces} in PostgreSQL's {@code dbcommands.c}). All files are dated to long
 * ago, so that a later date tells which were written since. Those come from the template again; the
 * folder becomes that of a database with a new number.
 *
 * <p>Nothing of that is done where the server's system has no POSIX shell, or for databases that
 * have files in other tablespaces. Used by one thread.
 */
final class CloneFolders {

  /** Has a folder for each template, with its list and a folder for each clone. */
  static final String FOLDER = "dataspaces_clones";

  private static final String NUMBER = "select oid from pg_database where datname = ?";

  private static final String ANY = "(pg_stat_file('" + FOLDER + "', true)).isdir";

  private static final String NUMBER_IF_ANY = NUMBER + " and " + ANY;

  private static final String NUMBER_IF_IN_ONE_FOLDER =
      """
      select d.oid from pg_database d join pg_tablespace t on t.oid = d.dattablespace
      where datname = ? and spcname = 'pg_default'
        and not exists (
          select from pg_tablespace o
          where o.oid <> t.oid and d.oid in (select pg_tablespace_databases(o.oid)))
      """;

  private static final String NUMBER_AND_FILES_IF_LISTED =
      """
      select oid, pg_read_file(list)
      from (select oid, datname, '%s/' || oid || '/list' as list from pg_database) d
      where datname = ? and (pg_stat_file(list, true)).size > 0
      """
          .formatted(FOLDER);

  /** Files have been written if they are not as old as all were made. */
  private static final String FILES =
      """
      select string_agg(file, ' ') filter (where written), string_agg(file, ' ') filter (where not written)
      from (
        select file, (pg_stat_file(folder || file, true)).modification > '2000-01-03' as written
        from (values (?)) f (folder), pg_ls_dir(folder, true, false) file) files
      """;

  private static final String NUMBERS_IF_ANY =
      "select string_agg(oid::text, ' ') from pg_database having " + ANY;

  private static final String NEXT_NUMBER =
      "select pg_nextoid('pg_database', 'oid', 'pg_database_oid_index')";

  private static final String ROW =
      """
      insert into pg_database
      select r.* from pg_database t, jsonb_populate_record(
        t, jsonb_build_object('oid', ?, 'datname', ?, 'datistemplate', false, 'datallowconn', true)) r
      where t.datname = ?""";

  private final AdminConnection admin;
  private final Transactions transactions;
  private final FolderPrograms programs;
  private final Map<String, Optional<Listed>> listed = new HashMap<>();

  CloneFolders(AdminConnection admin, Transactions transactions) {
    this.admin = admin;
    this.transactions = transactions;
    this.programs = new FolderPrograms(admin);
  }

  /**
   * A template whose clones' folders are used again.
   *
   * @param number its own
   * @param files the names of those that it has
   */
  private record Listed(String number, Set<String> files) {}

  /** Notes a template's files, so that folders of its clones can be used again. */
  static void list(AdminConnection admin, String template) {
    admin
        .query(NUMBER_IF_IN_ONE_FOLDER, template)
        .forEach(row -> new FolderPrograms(admin).list(row.get(0)));
  }

  /** Puts the folder of a new clone, to which nobody has connected, where it can stay. */
  void setAside(String clone, String template) {
    listed(template)
        .ifPresent(
            known ->
                admin
                    .query(NUMBER, clone)
                    .forEach(row -> programs.setAside(known.number(), row.get(0))));
  }

  /**
   * Makes a clone of the folder that a dropped database has left.
   *
   * @param left the folder's number
   * @return whether there is a clone
   */
  boolean renew(Template template, String left, String clone) {
    Optional<Listed> known = listed(template.name());
    if (known.isEmpty()) {
      return false;
    }
    String next = admin.query(NEXT_NUMBER).get(0).get(0);
    if (!isRenewed(known.get(), left, next)) {
      programs.remove(left);
      return false;
    }
    List<Command> commands = new ArrayList<>();
    commands.add(Command.of(ROW, next, clone, template.name()));
    commands.addAll(template.attributes(clone));
    transactions.own(() -> admin.executeAtOnce(commands));
    return true;
  }

  private boolean isRenewed(Listed template, String left, String next) {
    List<String> found = admin.query(FILES, "base/%s/".formatted(left)).get(0);
    Set<String> foreign = names(found.get(0));
    foreign.removeAll(template.files());
    Set<String> kept = names(found.get(1));
    Set<String> missing = new TreeSet<>(template.files());
    missing.removeAll(kept);
    return template.files().containsAll(kept)
        && programs.renew(template.number(), left, next, foreign, missing);
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>(List.of(text.split(" ")));
    names.remove("");
    return names;
  }

  private Optional<Listed> listed(String template) {
    return listed.computeIfAbsent(
        template,
        name ->
            admin.query(NUMBER_AND_FILES_IF_LISTED, name).stream()
                .map(row -> new Listed(row.get(0), Set.of(row.get(1).split("\n"))))
                .findAny());
  }

  /**
   * Drops a database, a template too, that nobody is connected to.
   *
   * @return the number of its folder, which may be used again or has to be removed; empty if there
   *     are none that may be
   * @throws DataspaceException if the database cannot be dropped
   */
  static Optional<String> drop(AdminConnection admin, Transactions transactions, String database) {
    List<List<String>> rows = admin.query(NUMBER_IF_ANY, database);
    transactions.own(() -> admin.execute("drop database \"%s\"".formatted(database)));
    return rows.stream().map(row -> row.get(0)).findAny();
  }

  /** Removes a folder that a dropped database has left. */
  static void remove(AdminConnection admin, String left) {
    new FolderPrograms(admin).remove(left);
  }

  /** Drops a database, a template too, that nobody is connected to, with its folder. */
  static void dropWhole(AdminConnection admin, Transactions transactions, String database) {
    drop(admin, transactions, database).ifPresent(left -> remove(admin, left));
  }

  /** Removes folders that belong to no database any more. */
  static void sweep(AdminConnection admin) {
    admin.query(NUMBERS_IF_ANY).forEach(row -> new FolderPrograms(admin).sweep(row.get(0)));
  }
}
