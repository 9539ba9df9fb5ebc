package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(CloneFolders.class);

  private static final String FOLDER = "dataspaces_clones";

  private static final String NUMBER = "select oid from pg_database where datname = ?";

  private static final String NUMBER_IF_IN_ONE_FOLDER =
      """
      select d.oid from pg_database d join pg_tablespace t on t.oid = d.dattablespace
      where datname = ? and spcname = 'pg_default'
        and not exists (
          select from pg_tablespace o
          where o.oid <> t.oid and d.oid in (select pg_tablespace_databases(o.oid)))
      """;

  private static final String NUMBER_IF_LISTED =
      NUMBER + " and (pg_stat_file('" + FOLDER + "/' || oid || '/list', true)).size > 0";

  private static final String NUMBERS_IF_ANY =
      "select string_agg(oid::text, ' ') from pg_database having (pg_stat_file('"
          + FOLDER
          + "', true)).isdir";

  private static final String NUMBERS_OLD_AND_NEW =
      "select oid, pg_nextoid('pg_database', 'oid', 'pg_database_oid_index') from pg_database where datname = ?";

  private static final String ROW =
      """
      insert into pg_database
      select r.* from pg_database t, jsonb_populate_record(
        t, jsonb_build_object('oid', ?, 'datname', ?, 'datistemplate', false, 'datallowconn', true)) r
      where t.datname = ?""";

  private static final String LISTING =
      """
      mkdir -p $clones/$template
      (cd base/$template && find . -type f) > $clones/$template/list
      for folder in base/$template $clones/$template dataspaces_large/$template; do
        test ! -d $folder || find $folder -type f -exec touch -t 200001010000 {} +
      done
      """;

  private static final String MOVING =
      """
      find base/$clone -type f -exec touch -t 200001010000 {} +
      mv base/$clone $clones/$template/$clone
      ln -s ../$clones/$template/$clone base/$clone || {
        mv $clones/$template/$clone base/$clone
        exit 1
      }
      """;

  /** The dates tell nothing about how the files of another template's clone differ. */
  private static final String RENEWAL =
      """
      test -h base/$old
      test base/$old/../list -ef $clones/$template/list
      kept=$(cd base/$old && find . -type f -newer ../list -exec rm {} + -o -type f -print)
      missing=$(echo "$kept" | grep -vxFf - $clones/$template/list) || test $? = 1
      if test -n "$missing"; then
        (cd base/$template && cp -p $missing ../$old/)
        if test -d dataspaces_large/$template; then
          cd dataspaces_large/$template
          for file in $missing; do
            test ! -e $file || cp -p --reflink=always $file ../../base/$old/
          done
          cd ../..
        fi
      fi
      mv base/$old base/$new
      """;

  private static final String REMOVAL =
      """
      if test -h base/$gone; then rm -rf base/$(readlink base/$gone) base/$gone; fi
      rm -f $clones/$gone/list
      rmdir $clones/* $clones 2> /dev/null || true
      """;

  private static final String SWEEPING =
      """
      links=' '
      for link in base/*; do
        if test -h $link; then
          case " $databases " in
            *" ${link#base/} "*) links="$links$(readlink $link) " ;;
            *) rm $link ;;
          esac
        fi
      done
      for folder in $clones/*/*/; do
        case "$links" in
          *" ../${folder%/} "*) ;;
          *) rm -rf $folder ;;
        esac
      done
      for folder in $clones/*; do
        case " $databases " in
          *" ${folder#$clones/} "*) ;;
          *) rm -f $folder/list ;;
        esac
      done
      rmdir $clones/* $clones 2> /dev/null || true
      """;

  private final AdminConnection admin;
  private final Transactions transactions;
  private final Map<String, String> numbers = new HashMap<>();

  CloneFolders(AdminConnection admin, Transactions transactions) {
    this.admin = admin;
    this.transactions = transactions;
  }

  /** Notes a template's files, so that folders of its clones can be used again. */
  static void list(AdminConnection admin, String template) {
    admin
        .query(NUMBER_IF_IN_ONE_FOLDER, template)
        .forEach(row -> runQuietly(admin, LISTING, "template=" + row.get(0)));
  }

  /** Puts the folder of a new clone, to which nobody has connected, where it can stay. */
  void setAside(String clone, String template) {
    String number = number(template);
    if (!number.isEmpty()) {
      admin
          .query(NUMBER, clone)
          .forEach(
              row ->
                  runQuietly(admin, MOVING, "template=%s clone=%s".formatted(number, row.get(0))));
    }
  }

  /**
   * Drops a database that nobody is connected to, and makes a clone of its folder.
   *
   * @return whether there is a clone
   * @throws DataspaceException if the database cannot be dropped
   */
  boolean renew(Template template, String replaced, String clone) {
    String number = number(template.name());
    List<List<String>> rows = admin.query(NUMBERS_OLD_AND_NEW, replaced);
    if (rows.isEmpty()) {
      return false;
    }
    String old = rows.get(0).get(0);
    String next = rows.get(0).get(1);
    dropDatabase(admin, transactions, replaced);
    if (number.isEmpty()
        || !runQuietly(admin, RENEWAL, "template=%s old=%s new=%s".formatted(number, old, next))) {
      runQuietly(admin, REMOVAL, "gone=" + old);
      return false;
    }
    List<Command> commands = new ArrayList<>();
    commands.add(Command.of(ROW, next, clone, template.name()));
    commands.addAll(template.attributes(clone));
    transactions.own(() -> admin.executeAtOnce(commands));
    return true;
  }

  private String number(String template) {
    return numbers.computeIfAbsent(
        template,
        name ->
            admin.query(NUMBER_IF_LISTED, name).stream()
                .map(row -> row.get(0))
                .findAny()
                .orElse(""));
  }

  /** Drops a database, a template too, that nobody is connected to, with its folder. */
  static void drop(AdminConnection admin, Transactions transactions, String database) {
    List<List<String>> rows = admin.query(NUMBER, database);
    dropDatabase(admin, transactions, database);
    rows.forEach(row -> runQuietly(admin, REMOVAL, "gone=" + row.get(0)));
  }

  private static void dropDatabase(
      AdminConnection admin, Transactions transactions, String database) {
    transactions.own(() -> admin.execute("drop database \"%s\"".formatted(database)));
  }

  /** Removes folders that belong to no database any more. */
  static void sweep(AdminConnection admin) {
    admin
        .query(NUMBERS_IF_ANY)
        .forEach(row -> runQuietly(admin, SWEEPING, "databases='%s'".formatted(row.get(0))));
  }

  /** Begins with what only a POSIX shell knows, so that nothing happens elsewhere. */
  private static boolean runQuietly(AdminConnection admin, String program, String variables) {
    try {
      admin.runProgram("clones=%s %s\nset -e\n%s".formatted(FOLDER, variables, program));
      return true;
    } catch (DataspaceException e) {
      LOG.debug("Folders of clones are not used again: {}", e.problem());
      return false;
    }
  }
}
