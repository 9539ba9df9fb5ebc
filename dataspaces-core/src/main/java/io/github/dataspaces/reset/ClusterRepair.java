package io.github.dataspaces.reset;

import io.github.dataspaces.runtime.Readiness;
import io.github.dataspaces.runtime.RunningDatabase;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts back what a PostgreSQL server has outside of its databases, as far as that can be done while
 * it runs: roles and their settings, what ALTER SYSTEM wrote, and databases, replication slots and
 * prepared transactions that were added.
 */
final class ClusterRepair {

  /** Catalogues whose rows are all there is to what they say. */
  private static final Set<String> ROWS =
      Set.of(
          "pg_authid",
          "pg_auth_members",
          ClusterState.SETTINGS,
          "pg_parameter_acl",
          "pg_shdescription",
          "pg_shseclabel",
          "pg_shdepend");

  private static final Pattern SETTING = Pattern.compile("([A-Za-z0-9_.]+) = '(.*)'");

  /** What the command line says wins anyway over the files, though PostgreSQL reports it. */
  private static final String PENDING =
      "select name from pg_settings where pending_restart and source <> 'command line'";

  private static final String LOADED = "select pg_conf_load_time()::text";
  private static final int PENDING_LOOKS = 100;
  private static final int PENDING_PAUSE_MILLISECONDS = 5;

  private final RunningDatabase server;
  private final AdminConnection admin;

  ClusterRepair(RunningDatabase server, AdminConnection admin) {
    this.server = server;
    this.admin = admin;
  }

  /**
   * Tries to make what is now what was then; whoever calls looks at what has come of it.
   *
   * @param restored the templates of the databases that are put back whole
   * @return false if the server would have to be restarted
   */
  boolean repair(ClusterState now, ClusterState then, Collection<Template> restored) {
    now.added(ClusterState.PREPARED, then).forEach(this::rollBackPrepared);
    now.added(ClusterState.DATABASES, then).forEach(this::drop);
    now.added(ClusterState.SLOTS, then)
        .forEach(slot -> admin.query("select pg_drop_replication_slot(?)", slot));
    List<String> different = now.differences(then);
    ClusterState.catalogues(admin).stream()
        .filter(ROWS::contains)
        .filter(different::contains)
        .forEach(
            catalogue ->
                restore(ClusterState.restoring(catalogue, restored), then.part(catalogue)));
    if (different.contains(ClusterState.SETTINGS)) {
      restored.forEach(template -> admin.executeAtOnce(template.settingsAnew()));
    }
    if (different.contains(ClusterState.CONFIGURATION)) {
      configure(now, then);
    }
    return awaitNothingPending();
  }

  /** Ends the sessions of all databases but those. */
  void endVisits(String[] except) {
    admin
        .query(
            "select datname from pg_database where not starts_with(datname, 'dataspaces_') and datname <> all (?)",
            (Object) except)
        .forEach(row -> Sessions.end(admin, row.get(0)));
  }

  private void rollBackPrepared(String transaction) {
    String database =
        admin
            .query("select database from pg_prepared_xacts where gid = ?", transaction)
            .get(0)
            .get(0);
    try (AdminConnection there = AdminConnection.open(server, database)) {
      there.execute("rollback prepared '%s'".formatted(transaction.replace("'", "''")));
    }
  }

  private void drop(String database) {
    admin.update(
        "update pg_database set datistemplate = false, datallowconn = true where datname = ?",
        database);
    Sessions.end(admin, database);
    admin.execute("drop database \"%s\"".formatted(database.replace("\"", "\"\"")));
  }

  private void restore(String statement, List<String> rows) {
    String[] texts = rows.toArray(new String[0]);
    admin.update(statement, texts, texts);
  }

  /** What ALTER SYSTEM has written, one setting on a line. */
  private void configure(ClusterState now, ClusterState then) {
    now.added(ClusterState.CONFIGURATION, then).stream()
        .map(SETTING::matcher)
        .filter(Matcher::matches)
        .forEach(setting -> admin.execute("alter system reset " + setting.group(1)));
    then.added(ClusterState.CONFIGURATION, now).stream()
        .map(SETTING::matcher)
        .filter(Matcher::matches)
        .forEach(
            setting ->
                admin.execute(
                    "alter system set %s = '%s'".formatted(setting.group(1), setting.group(2))));
    reload();
  }

  /** Has the server read its settings again, which it does a moment later. */
  void reload() {
    String before = admin.query(LOADED).get(0).get(0);
    admin.query("select pg_reload_conf()");
    for (int i = 0; i < PENDING_LOOKS && admin.query(LOADED).get(0).get(0).equals(before); i++) {
      Readiness.sleep(PENDING_PAUSE_MILLISECONDS);
    }
  }

  private boolean awaitNothingPending() {
    for (int i = 0; i < PENDING_LOOKS; i++) {
      if (admin.query(PENDING).isEmpty()) {
        return true;
      }
      Readiness.sleep(PENDING_PAUSE_MILLISECONDS);
    }
    return false;
  }
}
