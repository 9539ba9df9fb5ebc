package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.Exports;
import io.github.dataspaces.config.Progress;
import io.github.dataspaces.dump.DumpFile;
import io.github.dataspaces.flavour.DumpRecipe;
import io.github.dataspaces.home.Reasons;
import io.github.dataspaces.prepare.SelectedTables;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.RunningDatabase;
import io.github.dataspaces.runtime.Server;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports dumps of a dataspace, by the engine's own program. All of a database is dumped while it
 * is used; for some of its tables, a copy of it is dumped that has no others.
 */
final class ExportOperations {

  private static final Logger LOG = LoggerFactory.getLogger(Dataspaces.class);

  private final Services services;
  private final Store store;

  ExportOperations(Services services) {
    this.services = services;
    this.store = new Store(services);
  }

  Path run(String name, Exports exports) {
    long start = System.nanoTime();
    try (LockSet lock = LockSet.acquire(services.locks(), name)) {
      new Recovery(services).recover(name);
      DataspaceRecord record = store.get(name);
      new Lifecycle(services).requireRunning(name, record);
      Server server = store.server(name, record);
      ExportTarget target = ExportTarget.of(exports, name, server.flavour());
      Written written = write(new Job(name, exports, target, store.runtime(record)), server);
      LOG.info(
          "Exported {} of '{}' to {} in {}: {}",
          Wording.count(written.tables(), "table"),
          name,
          target.file(),
          Wording.since(start),
          Wording.size(written.bytes()));
      return target.file();
    }
  }

  private record Written(int tables, long bytes) {}

  /** What is to be done. */
  private record Job(String name, Exports exports, ExportTarget target, DatabaseRuntime runtime) {

    SelectedTables selected() {
      return new SelectedTables(exports.selection());
    }
  }

  private Written write(Job job, Server server) {
    // what can be missed is better missed now than when a copy has been made
    job.runtime().dumpTool(server);
    job.selected().requireIn(job.runtime().running(server), job.name());
    try (DumpFile file = DumpFile.begin(job.target().file(), job.target().format())) {
      int tables =
          job.exports().selection().isAll()
              ? dump(job, server, file)
              : new ScratchCopy(services, job.name(), "the export")
                  .use(copy -> dumpSelected(job, copy, file));
      return new Written(tables, file.finish());
    } catch (IOException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "%s cannot be written: %s.".formatted(job.target().file(), Reasons.of(e)),
          "Check the folder's permissions and the free space of its disk, or name a file elsewhere.",
          e);
    }
  }

  private int dumpSelected(Job job, Server copy, DumpFile file) throws IOException {
    job.selected()
        .keepIn(job.runtime().running(copy), notice -> LOG.warn("In the dump: {}", notice));
    return dump(job, copy, file);
  }

  /** Says how many tables there are. */
  private int dump(Job job, Server server, DumpFile file) throws IOException {
    Counted out = new Counted(file.out(), "Exporting " + job.name(), services.progress());
    try {
      job.runtime().dumpTool(server).dump(job.target().format(), out);
    } finally {
      out.end();
    }
    warnOfLoss(job.runtime().running(server));
    return SelectedTables.count(job.runtime().running(server));
  }

  private static void warnOfLoss(RunningDatabase database) {
    DumpRecipe recipe = database.flavour().dumps();
    List<String> inexact = recipe.inexact().map(database::strings).orElse(List.of());
    if (!inexact.isEmpty()) {
      LOG.warn(
          "In the dump: {} does not write all digits of {}",
          recipe.program(),
          String.join(", ", inexact));
    }
  }

  /** Tells how much has been dumped. How much there will be, nobody knows. */
  private static final class Counted extends OutputStream {

    private final OutputStream out;
    private final String what;
    private final Progress progress;
    private long done;

    Counted(OutputStream out, String what, Progress progress) {
      this.out = out;
      this.what = what;
      this.progress = progress;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      done += length;
      progress.report(what, done, 0);
    }

    void end() {
      progress.report(what, Math.max(1, done), Math.max(1, done));
    }
  }
}
