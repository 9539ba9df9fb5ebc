package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The large files of PostgreSQL's templates. A server has the file system share their bytes from 18
 * on only, and then a megabyte at a time ({@code clone_file} in its {@code copydir.c}), which for
 * 1.5 GB takes as long as all else of a database. So they are kept beside the templates, with an
 * empty file in the place of each, and are put into copies whole. Nothing of that is done where
 * files cannot share their bytes. Used by one thread.
 */
final class LargeFiles {

  private static final Logger LOG = LoggerFactory.getLogger(LargeFiles.class);

  static final String FOLDER = "dataspaces_large";

  /** Below that a server takes no longer than it takes to begin a program. */
  private static final String ENOUGH_BYTES = "200000000";

  private static final String NUMBER_IF_LARGE =
      "select oid from pg_database where datname = ? and pg_database_size(oid) > "
          + ENOUGH_BYTES
          + "::bigint";

  /** Begins with what only a POSIX shell knows, so that nothing happens elsewhere. */
  private static final String SHARING =
      "test -d base && mkdir -p %1$s/%2$s && find base/%2$s -type f -size +16M -exec cp --reflink=always -t %1$s/%2$s {} +"
          + " || { rm -rf %1$s/%2$s; exit 1; }";

  private static final String EMPTYING =
      "for file in $(ls %1$s/%2$s); do"
          + " test $(wc -c < %1$s/%2$s/$file) = $(wc -c < base/%2$s/$file) && : > base/%2$s/$file || exit 1; done";

  private static final String PUTTING = "cp --reflink=always %1$s/%2$s/* base/%3$s";

  private static final String REMOVAL = "rm -rf %1$s/%2$s";

  private static final String EXISTING =
      "select oid, (select count(*) from pg_ls_dir(f.path)) from pg_database, lateral (select '"
          + FOLDER
          + "/' || oid as path) f where datname = ? and (pg_stat_file(f.path, true)).isdir";

  private final AdminConnection admin;
  private final Map<String, String> numbers = new HashMap<>();

  LargeFiles(AdminConnection admin) {
    this.admin = admin;
  }

  /**
   * Keeps those of a template beside it, before it is copied, if that is worth it.
   *
   * @throws DataspaceException if the template is useless, because some are in neither place
   */
  static void setAside(AdminConnection admin, String template) {
    admin
        .query(NUMBER_IF_LARGE, template)
        .forEach(
            row -> {
              if (areShared(admin, row.get(0))) {
                admin.runProgram(EMPTYING.formatted(FOLDER, row.get(0)));
              }
            });
  }

  private static boolean areShared(AdminConnection admin, String number) {
    try {
      admin.runProgram(SHARING.formatted(FOLDER, number));
      return true;
    } catch (DataspaceException e) {
      LOG.debug("Large files stay where they are: {}", e.problem());
      return false;
    }
  }

  /**
   * Puts a template's into a copy, which nobody has connected to.
   *
   * @throws DataspaceException if there is no room
   */
  void putInto(String copy, String template) {
    String number =
        numbers.computeIfAbsent(
            template,
            name ->
                admin.query(EXISTING, name).stream()
                    .filter(row -> !row.get(1).equals("0"))
                    .map(row -> row.get(0))
                    .findAny()
                    .orElse(""));
    if (!number.isEmpty()) {
      admin
          .query("select oid from pg_database where datname = ?", copy)
          .forEach(row -> admin.runProgram(PUTTING.formatted(FOLDER, number, row.get(0))));
    }
  }

  /** Removes what was set aside of a template. */
  static void remove(AdminConnection admin, String template) {
    admin
        .query(EXISTING, template)
        .forEach(row -> admin.runProgram(REMOVAL.formatted(FOLDER, row.get(0))));
  }
}
