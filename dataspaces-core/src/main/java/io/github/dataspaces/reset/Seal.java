package io.github.dataspaces.reset;

import java.util.function.Supplier;

/**
 * Makes templates of PostgreSQL's databases, while an application may go on connecting to them.
 * Used by one thread.
 */
final class Seal {

  /** After this time a copy that is not there waits for somebody, or is large. */
  private static final long PATIENCE_MILLISECONDS = 50;

  private final AdminConnection admin;
  private final Supplier<AdminConnection> another;
  private final DatabaseNames names;
  private final Transactions transactions;

  /**
   * @param admin a connection to a database that is not to be a template
   * @param another opens one more
   */
  Seal(
      AdminConnection admin,
      Supplier<AdminConnection> another,
      DatabaseNames names,
      Transactions transactions) {
    this.admin = admin;
    this.another = another;
    this.names = names;
    this.transactions = transactions;
  }

  /**
   * A template of a database as it is now, whose sessions are ended.
   *
   * @param settings what its sessions begin with, if it is the main one
   */
  Template of(String database, String settings) {
    Template template = new Template(names.next("template"), database, settings);
    Template original = new Template(database, database, settings);
    Sessions.end(admin, database);
    copy(original, template);
    SpareFiles.remove(admin, template.name());
    LargeFiles.setAside(admin, template.name());
    CloneFolders.list(admin, template.name());
    return template;
  }

  /**
   * The server keeps others out while it copies, but waits for whoever came just before, and gives
   * up after seconds: so that one is ended, too.
   */
  private void copy(Template original, Template template) {
    try (Background meanwhile =
        new Background(another, "dataspaces-latecomers", PATIENCE_MILLISECONDS)) {
      meanwhile.later(other -> Sessions.end(other, original.name()));
      new FileCopy(admin, transactions).make(original, template.name(), template.seal());
    }
  }
}
