package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.LiveSource;
import io.github.dataspaces.config.Progress;
import io.github.dataspaces.config.Selection;
import io.github.dataspaces.dump.OpenDump;
import io.github.dataspaces.dump.PgArchive;
import io.github.dataspaces.dump.TocEntry;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.flavour.Purpose;
import io.github.dataspaces.flavour.SourceRecipe;
import io.github.dataspaces.prepare.TableGraph.Table;
import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.runtime.ProgramPlace;
import io.github.dataspaces.runtime.RunningDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes what is in a database that runs elsewhere: how it is defined by the engine's own dump
 * program, and the rows, or some of them, by one transaction that only reads.
 *
 * @param source the database
 * @param selection what of it is wanted
 * @param programs where the dump program is
 * @param progress hears how far it has come
 * @param notices hears of what is lost
 */
public record LiveImport(
    LiveSource source,
    Selection selection,
    ProgramPlace programs,
    Progress progress,
    Consumer<String> notices)
    implements Preparer {

  /** What is in it cannot be known by looking, so it is the same as long as its version is. */
  @Override
  public String fingerprint() {
    return String.join(
        "\0", "live", source.url(), source.username(), source.version(), selection.settings());
  }

  @Override
  public Purpose purpose() {
    return Purpose.FILLING;
  }

  @Override
  public void prepare(RunningDatabase database) {
    Path schema = scratch();
    DumpProgress read = new DumpProgress(source.toString(), 0, progress);
    try (ScriptSession remote = SourceSession.open(source, database.flavour())) {
      progress.report("Reading the definitions of " + source, 0, 0);
      dumpSchema(database.flavour(), schema);
      try (OpenDump dump = OpenDump.open(DumpSource.of(schema), read)) {
        if (dump.kind().isArchive()) {
          fillBetween(dump.archive(), remote, database, read);
        } else {
          fillAfter(dump, remote, database);
        }
      }
      try (ScriptSession session = ScriptSession.open(database)) {
        Statistics.renew(database);
      }
    } catch (SQLException | IOException e) {
      throw ScriptFailure.unreachable(e);
    } finally {
      read.end();
      delete(schema);
    }
  }

  private void dumpSchema(Flavour flavour, Path schema) throws IOException {
    SourceRecipe recipe = flavour.source();
    List<String> command = recipe.schemaCommand(source);
    CommandResult result;
    try (OutputStream out = Files.newOutputStream(schema)) {
      result = programs.run(command, recipe.environment(source), out);
    }
    if (!result.ok()) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "%s could not read the definitions of %s: %s"
              .formatted(command.get(0), source, result.lastLines()),
          "It has to reach the source, and to be as new as that: use a flavour of its version. With runtime=embedded it is the machine's own.");
    }
  }

  /** Keys and indexes are made, and checked, when the rows are there. */
  private void fillBetween(
      PgArchive archive, ScriptSession remote, RunningDatabase database, DumpProgress read)
      throws IOException, SQLException {
    TableGraph all = TableGraph.read(remote);
    TableGraph graph =
        new TableSelection(selection, source.toString(), Set.of(), notices).narrowed(all);
    Set<Table> unwanted = new LinkedHashSet<>(all.tables());
    unwanted.removeAll(graph.tables());
    List<TocEntry> entries = ArchiveSelection.of(archive.entries(), graph.tables(), unwanted);
    ArchiveImport schema = new ArchiveImport(database, source.toString(), archive, entries, read);
    schema.makeTables();
    try (ScriptSession session = ScriptSession.open(database)) {
      takeRows(graph, Set.of(), remote, session);
      Optional<String> sequences = source(remote).sequences();
      if (sequences.isPresent()) {
        for (List<String> row : remote.rows(sequences.get())) {
          session.executeAll(row);
        }
      }
    }
    schema.finish();
    refresh(remote, database);
  }

  /** Keys are there before the rows, but do not look. */
  private void fillAfter(OpenDump dump, ScriptSession remote, RunningDatabase database)
      throws IOException, SQLException {
    Set<Table> earlier = DumpImport.tables(database);
    try (ScriptSession session = ScriptSession.open(database)) {
      new ScriptRun(session, source.toString()).run(dump.statements(session.recipe().syntax()));
      if (!selection.tables().isEmpty()) {
        new TableSelection(selection, source.toString(), earlier, notices).apply(session);
      }
    }
    try (ScriptSession session = ScriptSession.open(database)) {
      Suspension suspension = Suspension.begin(session);
      takeRows(TableGraph.read(session), earlier, remote, session);
      suspension.end();
    }
  }

  private void takeRows(
      TableGraph graph, Set<Table> earlier, ScriptSession remote, ScriptSession session)
      throws IOException, SQLException {
    session.executeAll(session.flavour().rows().begin());
    SamplePlan plan = SamplePlan.of(graph, earlier, selection);
    RowMoves rows = new SourceRows(remote, session, plan, RowSql.of(remote, graph), progress);
    new Sampling(plan, rows).run();
  }

  private static SourceRecipe source(ScriptSession session) {
    return session.flavour().source();
  }

  /** What is filled there is filled here, unless what it shows is not wanted. */
  private static void refresh(ScriptSession remote, RunningDatabase database) throws SQLException {
    Optional<String> query = remote.flavour().rows().refreshments();
    if (query.isEmpty()) {
      return;
    }
    try (ScriptSession session = ScriptSession.open(database)) {
      List<String> here = session.rows(query.get()).stream().map(row -> row.get(0)).toList();
      for (List<String> row : remote.rows(query.get())) {
        if (ScriptSession.isTrue(row.get(1)) && here.contains(row.get(0))) {
          session.execute(row.get(0));
        }
      }
    }
  }

  private static Path scratch() {
    try {
      return Files.createTempFile("dataspaces", ".schema");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
