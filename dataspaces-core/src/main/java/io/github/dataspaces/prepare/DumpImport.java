package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.Progress;
import io.github.dataspaces.dump.DumpFiles;
import io.github.dataspaces.dump.OpenDump;
import io.github.dataspaces.dump.PgArchive;
import io.github.dataspaces.dump.Statement;
import io.github.dataspaces.dump.StatementReader;
import io.github.dataspaces.flavour.Purpose;
import io.github.dataspaces.flavour.ScriptRecipe;
import io.github.dataspaces.flavour.ScriptRecipe.Bulk;
import io.github.dataspaces.prepare.TableGraph.Table;
import io.github.dataspaces.runtime.Readiness;
import io.github.dataspaces.runtime.RunningDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports dumps, in order. What of a dump that fails has reached the database stays there: whoever
 * calls this throws the database away, or the files it was put into.
 *
 * @param imports what is imported
 * @param progress hears how far it has come
 * @param notices hears of what is lost
 */
public record DumpImport(Imports imports, Progress progress, Consumer<String> notices)
    implements Preparer {

  private static final Logger LOG = LoggerFactory.getLogger(DumpImport.class);

  /** Far more than a server takes to give back memory. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  @Override
  public String fingerprint() {
    return String.join(
        "\n", "import", imports.selection().settings(), DumpFiles.hash(imports.dumps()));
  }

  @Override
  public Purpose purpose() {
    return Purpose.FILLING;
  }

  @Override
  public void prepare(RunningDatabase database) {
    ScriptRecipe recipe = database.flavour().scripts();
    Set<Table> earlier = tables(database);
    List<DumpSource> dumps =
        imports.dumps().stream().flatMap(source -> DumpFiles.in(source).stream()).toList();
    // what refers to what is known only if one dump says all of it
    boolean selective =
        dumps.size() == 1
            && earlier.isEmpty()
            && !imports.selection().tables().isEmpty()
            && imports.selection().withReferenced();
    try (ScriptSession session = ScriptSession.open(database)) {
      beginBulk(session);
      for (DumpSource dump : dumps) {
        importDump(dump, database, recipe, selective);
      }
      endBulk(session);
      new SelectedTables(imports.selection()).keepIn(session, earlier, "the dump", notices);
      Statistics.renew(database);
    } catch (SQLException | IOException e) {
      throw ScriptFailure.unreachable(e);
    }
  }

  private static void beginBulk(ScriptSession session) {
    for (String sql : session.recipe().bulk().begin()) {
      try {
        session.execute(sql);
      } catch (SQLException e) {
        // another version, or not allowed to this user: it takes longer
        LOG.debug("An import goes without: {}", sql, e);
      }
    }
  }

  private static void endBulk(ScriptSession session) throws SQLException {
    Bulk bulk = session.recipe().bulk();
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!isEnded(session, bulk)) {
      if (System.nanoTime() > deadline) {
        LOG.warn("The server keeps settings that are for imports, until it is started again.");
        return;
      }
      Readiness.sleep(20);
    }
  }

  private static boolean isEnded(ScriptSession session, Bulk bulk) throws SQLException {
    for (String sql : bulk.end()) {
      session.run(Statement.of(sql), false);
    }
    return bulk.left().isEmpty() || session.number(bulk.left().get()) == 0;
  }

  static Set<Table> tables(RunningDatabase database) {
    try (ScriptSession session = ScriptSession.open(database)) {
      return TableGraph.tables(session);
    } catch (SQLException e) {
      throw ScriptFailure.unreachable(e);
    }
  }

  /**
   * @param selective whether rows of tables may be passed over that are not wanted
   */
  private void importDump(
      DumpSource source, RunningDatabase database, ScriptRecipe recipe, boolean selective) {
    DumpProgress read = new DumpProgress(source, progress);
    try (OpenDump dump = OpenDump.open(source, read)) {
      requireUnderstood(dump, source, recipe);
      if (dump.kind().isArchive()) {
        PgArchive archive = dump.archive();
        ArchiveImport archived = new ArchiveImport(database, source.name(), archive, read);
        archived.run(
            session ->
                selective
                    ? NeededRows.of(archive.entries(), imports.selection(), session)
                    : Optional.empty());
        return;
      }
      try (ScriptSession session = ScriptSession.open(database)) {
        runScript(dump, source, session, database);
      }
    } catch (IOException e) {
      throw ScriptFailure.unreadable(source.name(), e);
    } catch (SQLException e) {
      throw ScriptFailure.unreachable(e);
    } finally {
      read.end();
    }
  }

  private static void runScript(
      OpenDump dump, DumpSource source, ScriptSession session, RunningDatabase database)
      throws SQLException {
    StatementReader script = dump.statements(session.recipe().syntax());
    long statements;
    // what no dump program has made may count on its order
    if (dump.engine().isPresent()) {
      try (SideWork others = sideWork(source, session, database)) {
        statements = new ScriptRun(session, source.name(), Optional.of(others)).run(script);
        others.finish();
      }
    } else {
      statements = new ScriptRun(session, source.name()).run(script);
    }
    if (script.isCutShort() || statements == 0) {
      throw new DataspaceException(
          Reason.INVALID,
          statements == 0
              ? "There is no statement in %s.".formatted(source.name())
              : "%s is cut short: the line that ends a dump is missing.".formatted(source.name()),
          "Dump it again; nothing of it was kept.");
    }
  }

  private static SideWork sideWork(
      DumpSource source, ScriptSession session, RunningDatabase database) {
    return session
        .recipe()
        .concurrency()
        .<SideWork>map(recipe -> new ConcurrentInserts(database, session, source.name(), recipe))
        .orElseGet(() -> new ConcurrentIndexes(database, session, source.name()));
  }

  private static void requireUnderstood(OpenDump dump, DumpSource source, ScriptRecipe recipe) {
    boolean foreign =
        dump.engine().isPresent() && !recipe.understands().contains(dump.engine().get());
    if (foreign || (dump.kind().isArchive() && !recipe.readsArchives())) {
      throw new DataspaceException(
          Reason.INCOMPATIBLE,
          "%s is a dump of %s, and this dataspace is none."
              .formatted(source.name(), dump.engine().orElse("another engine")),
          "Import it into a dataspace of that flavour; nothing of it was kept.");
    }
  }
}
