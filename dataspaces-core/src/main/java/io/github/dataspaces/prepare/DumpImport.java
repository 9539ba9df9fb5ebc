package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.Progress;
import io.github.dataspaces.dump.DumpFiles;
import io.github.dataspaces.dump.OpenDump;
import io.github.dataspaces.dump.StatementReader;
import io.github.dataspaces.flavour.ScriptRecipe;
import io.github.dataspaces.runtime.RunningDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Imports dumps, in order. What of a dump that fails has reached the database stays there: whoever
 * calls this throws the database away, or the files it was put into.
 *
 * @param imports what is imported
 * @param progress hears how far it has come
 */
public record DumpImport(Imports imports, Progress progress) implements Preparer {

  @Override
  public String fingerprint() {
    return "import\n"
        + String.join(",", imports.tables())
        + "\n"
        + imports.withReferenced()
        + "\n"
        + DumpFiles.hash(imports.dumps());
  }

  @Override
  public void prepare(RunningDatabase database) {
    ScriptRecipe recipe = database.flavour().scripts();
    for (DumpSource source : imports.dumps()) {
      for (DumpSource dump : DumpFiles.in(source)) {
        importDump(dump, database, recipe);
      }
    }
    try (Connection connection = database.connectForScripts()) {
      execute(connection, recipe.analyse());
    } catch (SQLException e) {
      throw ScriptFailure.unreachable(e);
    }
  }

  private void importDump(DumpSource source, RunningDatabase database, ScriptRecipe recipe) {
    DumpProgress read = new DumpProgress(source, progress);
    try (OpenDump dump = OpenDump.open(source, read)) {
      requireUnderstood(dump, source, recipe);
      try (Connection connection = database.connectForScripts()) {
        execute(connection, recipe.begin());
        runScript(dump.statements(recipe.syntax()), source, database, connection);
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
      StatementReader script, DumpSource source, RunningDatabase database, Connection connection) {
    long statements = new ScriptRun(database, connection, source.name()).run(script);
    if (script.isCutShort() || statements == 0) {
      throw new DataspaceException(
          Reason.INVALID,
          statements == 0
              ? "There is no statement in %s.".formatted(source.name())
              : "%s is cut short: the line that ends a dump is missing.".formatted(source.name()),
          "Dump it again; nothing of it was kept.");
    }
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

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
