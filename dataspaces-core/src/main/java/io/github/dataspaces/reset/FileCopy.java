package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import java.util.ArrayList;
import java.util.List;

/**
 * How a PostgreSQL server copies databases: whole files, not block by block through its log. That
 * is quicker at every size where checkpoints are not flushed to the disk, and where the file system
 * shares bytes, which PostgreSQL can make use of from 18 on, takes no time for them; see {@code
 * benchmarks}. Used by one thread.
 */
final class FileCopy {

  private static final String CLONES = "set file_copy_method = clone";
  private static final String COPIES = "set file_copy_method = copy";
  private static final int CHOICE_OF_STRATEGIES = 150000;
  private static final int CHOICE_OF_METHODS = 180000;

  private final AdminConnection admin;
  private final Transactions transactions;
  private final LargeFiles largeFiles;
  private final CloneFolders folders;
  private final int version;
  private boolean clones;

  FileCopy(AdminConnection admin, Transactions transactions) {
    this.admin = admin;
    this.transactions = transactions;
    this.largeFiles = new LargeFiles(admin);
    this.folders = new CloneFolders(admin, transactions);
    this.version =
        Integer.parseInt(admin.query("select current_setting('server_version_num')").get(0).get(0));
    this.clones = version >= CHOICE_OF_METHODS;
    if (clones) {
      admin.execute(CLONES);
    }
  }

  /**
   * Copies a database, with its attributes, under another name.
   *
   * @param next what takes effect together with these
   */
  void make(Template template, String copy, List<Command> next) {
    String create =
        template.createStatement(copy, version < CHOICE_OF_STRATEGIES ? "" : " strategy file_copy");
    try {
      transactions.own(() -> admin.execute(create));
    } catch (DataspaceException e) {
      if (!clones) {
        throw e;
      }
      clones = false;
      admin.execute(COPIES);
      transactions.own(() -> admin.execute(create));
    }
    largeFiles.putInto(copy, template.name());
    folders.setAside(copy, template.name());
    List<Command> commands = new ArrayList<>(template.attributes(copy));
    commands.addAll(next);
    transactions.own(() -> admin.executeAtOnce(commands));
  }

  /**
   * Makes a clone of the folder that a dropped database has left, where that can be done.
   *
   * @param left the folder's number
   * @return whether there is a clone
   */
  boolean renew(Template template, String left, String clone) {
    return folders.renew(template, left, clone);
  }
}
