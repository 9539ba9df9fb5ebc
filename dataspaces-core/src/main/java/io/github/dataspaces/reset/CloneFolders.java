package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folders of PostgreSQL's clones, which are used again: what a clone costs is making its files
 * and removing them, and a test changes few of them, if any, because most of what it has written is
 * still in the server's memory when the database is dropped.
 *
 * <p>A clone's folder is kept elsewhere, with a link in the place where the server looks for it.
 * Dropping a database empties the server's memory of it, and leaves alone what is behind a link
 * ({@code remove_dbtablespaces} in PostgreSQL's {@code dbcommands.c}). All files are dated to long
 * ago, so that a later date tells which were written since. Those are removed, and what is missing
 * then comes from the template again; the folder becomes that of a database with a new number.
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

  private static final String NUMBER_AND_COUNT_IF_LISTED =
      """
      select oid, array_length(string_to_array(pg_read_file(list), chr(10)), 1) - 1
      from (select oid, datname, '%s/' || oid || '/list' as list from pg_database) d
      where datname = ? and (pg_stat_file(list, true)).size > 0
      """
          .formatted(FOLDER);

  private static final String NUMBERS_IF_ANY =
      "select string_agg(oid::text, ' ') from pg_database having " + ANY;

  private static final String NUMBERS_OLD_AND_NEW =
      "select oid, pg_nextoid('pg_database', 'oid', 'pg_database_oid_index') from pg_database where datname = ?";

  private static final String ROW =
      """
      insert into pg_database
      select r.* from pg_database t, jsonb_populate_record(
        t, jsonb_build_object('oid', ?, 'datname', ?, 'datistemplate', false, 'datallowconn', true)) r
      where t.datname = ?""";

  private final AdminConnection admin;
  private final Transactions transactions;
  private final FolderPrograms programs;
  private final Optional<LocalFolders> local;
  private final Map<String, Optional<Listed>> listed = new HashMap<>();

  CloneFolders(AdminConnection admin, Transactions transactions) {
    this.admin = admin;
    this.transactions = transactions;
    this.programs = new FolderPrograms(admin);
    this.local = LocalFolders.of(admin);
  }

  /**
   * A template whose clones' folders are used again.
   *
   * @param number its own
   * @param count how many files it has
   */
  private record Listed(String number, String count) {}

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
   * Drops a database that nobody is connected to, and makes a clone of its folder.
   *
   * @return whether there is a clone
   * @throws DataspaceException if the database cannot be dropped
   */
  boolean renew(Template template, String replaced, String clone) {
    Optional<Listed> known = listed(template.name());
    if (known.isEmpty()) {
      drop(admin, transactions, replaced);
      return false;
    }
    List<List<String>> numbers = admin.query(NUMBERS_OLD_AND_NEW, replaced);
    if (numbers.isEmpty()) {
      return false;
    }
    String old = numbers.get(0).get(0);
    String next = numbers.get(0).get(1);
    dropDatabase(admin, transactions, replaced);
    if (!isRenewed(known.get(), old, next)) {
      programs.remove(old);
      return false;
    }
    List<Command> commands = new ArrayList<>();
    commands.add(Command.of(ROW, next, clone, template.name()));
    commands.addAll(template.attributes(clone));
    transactions.own(() -> admin.executeAtOnce(commands));
    return true;
  }

  private boolean isRenewed(Listed known, String old, String next) {
    return local.filter(here -> here.renew(known.number(), old, next)).isPresent()
        || programs.renew(known.number(), known.count(), old, next);
  }

  private Optional<Listed> listed(String template) {
    return listed.computeIfAbsent(
        template,
        name ->
            admin.query(NUMBER_AND_COUNT_IF_LISTED, name).stream()
                .map(row -> new Listed(row.get(0), row.get(1)))
                .findAny());
  }

  /** Drops a database, a template too, that nobody is connected to, with its folder. */
  static void drop(AdminConnection admin, Transactions transactions, String database) {
    List<List<String>> rows = admin.query(NUMBER_IF_ANY, database);
    dropDatabase(admin, transactions, database);
    rows.forEach(row -> new FolderPrograms(admin).remove(row.get(0)));
  }

  private static void dropDatabase(
      AdminConnection admin, Transactions transactions, String database) {
    transactions.own(() -> admin.execute("drop database \"%s\"".formatted(database)));
  }

  /** Removes folders that belong to no database any more. */
  static void sweep(AdminConnection admin) {
    admin.query(NUMBERS_IF_ANY).forEach(row -> new FolderPrograms(admin).sweep(row.get(0)));
  }
}
