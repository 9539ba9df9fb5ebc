package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of a PostgreSQL database that it can do without, which are a fifth of an ordinary one's:
 * the maps of free space of tables under 32 MB, and the maps of what is visible to all of the
 * server's own catalogues. Without them the server looks at the tables themselves, see its
 * documentation, "Database Physical Storage". Every clone of a template is made and dropped sooner
 * without; what the template is a copy of keeps them.
 */
final class SpareFiles {

  private static final Logger LOG = LoggerFactory.getLogger(SpareFiles.class);

  /** A file of three pages or less is enough for such a table; catalogues' numbers are short. */
  private static final String REMOVAL =
      "find base/%s -name '*_fsm' -size -25k -delete -o"
          + " '(' -name '???_vm' -o -name '????_vm' -o -name '13???_vm' ')' -delete";

  private static final String NUMBER =
      "select oid from pg_database d where datname = ? and dattablespace = (select oid from pg_tablespace where spcname = 'pg_default')";

  private SpareFiles() {}

  /** Removes those of a database that nobody has connected to, where the server's system can. */
  static void remove(AdminConnection admin, String database) {
    try {
      admin.query(NUMBER, database).forEach(row -> admin.runProgram(REMOVAL.formatted(row.get(0))));
    } catch (DataspaceException e) {
      LOG.debug("Spare files stay: {}", e.problem());
    }
  }
}
