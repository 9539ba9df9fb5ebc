package io.github.dataspaces.prepare;

import io.github.dataspaces.dump.ArchiveBlock;
import io.github.dataspaces.dump.ArchiveBlock.Piece;
import io.github.dataspaces.dump.PgArchive;
import io.github.dataspaces.dump.Statement;
import io.github.dataspaces.dump.StatementReader;
import io.github.dataspaces.dump.TocEntry;
import io.github.dataspaces.prepare.TableGraph.Table;
import io.github.dataspaces.runtime.RunningDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Restores an archive of {@code pg_dump}: what has to be there before the data, the data, what is
 * made of it. Data and indexes are made over several connections at once.
 */
final class ArchiveImport {

  /** What {@code pg_restore} begins with. */
  private static final List<String> BEGINNING =
      List.of(
          "set statement_timeout = 0",
          "set lock_timeout = 0",
          "set check_function_bodies = off",
          "set xmloption = content",
          "set row_security = off");

  private final String name;
  private final PgArchive archive;
  private final DumpProgress progress;
  private final ArchiveOrder order;
  private final Sessions sessions;
  private final AtomicBoolean failed = new AtomicBoolean();
  private volatile Optional<Set<Table>> needed = Optional.empty();

  /**
   * @param name what the dump is called, for messages
   */
  ArchiveImport(RunningDatabase database, String name, PgArchive archive, DumpProgress progress) {
    this(database, name, archive, archive.entries(), progress);
  }

  /**
   * @param entries those that are wanted
   */
  ArchiveImport(
      RunningDatabase database,
      String name,
      PgArchive archive,
      List<TocEntry> entries,
      DumpProgress progress) {
    this.name = name;
    this.progress = progress;
    this.archive = archive;
    this.order = ArchiveOrder.of(entries);
    List<String> settings = order.settings().stream().map(TocEntry::definition).toList();
    this.sessions =
        new Sessions(database, Stream.concat(BEGINNING.stream(), settings.stream()).toList());
  }

  /** Tells, when the tables are there, whose rows are needed; empty for those of all. */
  @FunctionalInterface
  interface Needs {
    Optional<Set<Table>> of(ScriptSession session) throws SQLException;
  }

  void run(Needs needs) throws IOException, SQLException {
    makeTables();
    sessions.run(1, session -> needed = needs.of(session));
    sessions.run(archive.independent() ? Sessions.count() : 1, this::restoreData);
    sessions.run(1, session -> restoreAll(session, order.withData()));
    finish();
  }

  /** What has to be there before the data. */
  void makeTables() throws IOException, SQLException {
    sessions.run(1, session -> restoreAll(session, order.before()));
  }

  /** What is made of the data. */
  void finish() throws IOException, SQLException {
    Dependents dependents = new Dependents(order.after());
    int count = Sessions.count();
    sessions.run(
        count,
        session -> {
          session.executeAll(session.recipe().beginIndexes(count));
          restoreDependents(session, dependents);
        });
    sessions.run(1, session -> restoreAll(session, order.last()));
  }

  private void restoreAll(ScriptSession session, List<TocEntry> entries) {
    for (TocEntry entry : entries) {
      restore(session, entry);
    }
  }

  private void restore(ScriptSession session, TocEntry entry) {
    try {
      for (String sql : ArchiveStatements.of(entry, session.own().username())) {
        session.run(Statement.of(sql), false);
      }
    } catch (SQLException e) {
      throw ScriptFailure.refused(name, entry.described(), e);
    }
  }

  private void restoreDependents(ScriptSession session, Dependents dependents) {
    Optional<TocEntry> entry = dependents.take();
    while (entry.isPresent()) {
      try {
        restore(session, entry.get());
      } catch (RuntimeException e) {
        dependents.giveUp();
        throw e;
      }
      int done = dependents.done(entry.get());
      progress.phase("indexes and constraints", done, order.after().size());
      entry = dependents.take();
    }
  }

  private void restoreData(ScriptSession session) throws IOException {
    boolean complete = false;
    try {
      Optional<ArchiveBlock> next = archive.next();
      while (next.isPresent() && !failed.get()) {
        try (ArchiveBlock block = next.get()) {
          if (isNeeded(block.entry())) {
            restoreBlock(session, block);
          }
        }
        next = archive.next();
      }
      complete = true;
    } finally {
      failed.compareAndSet(false, !complete);
    }
  }

  private boolean isNeeded(TocEntry entry) {
    Table table = new Table(entry.schema(), entry.tag());
    return !entry.isTableData() || needed.isEmpty() || needed.get().contains(table);
  }

  private void restoreBlock(ScriptSession session, ArchiveBlock block) throws IOException {
    TocEntry entry = block.entry();
    try {
      for (Optional<Piece> piece = block.pieces().next();
          piece.isPresent();
          piece = block.pieces().next()) {
        if (piece.get().largeObject() != 0) {
          LargeObjects.write(session.connection(), piece.get());
        } else if (entry.copy().isBlank()) {
          new ScriptRun(session, name)
              .run(new StatementReader(piece.get().data(), session.recipe().syntax()));
        } else {
          session.copy(
              entry.copy().strip().replaceFirst(";$", ""),
              archive.encoding(),
              piece.get().data(),
              false);
        }
      }
    } catch (SQLException e) {
      throw ScriptFailure.refused(name, entry.described(), e);
    }
  }
}
