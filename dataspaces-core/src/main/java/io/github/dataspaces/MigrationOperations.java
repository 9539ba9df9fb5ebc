package io.github.dataspaces;

import io.github.dataspaces.config.Migrations;
import io.github.dataspaces.prepare.MigrationTools;
import io.github.dataspaces.prepare.Migrator;
import io.github.dataspaces.runtime.RunningDatabase;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema of a dataspace up to date. */
final class MigrationOperations {

  private static final Logger LOG = LoggerFactory.getLogger(Dataspaces.class);

  /** More than these would not be a line any more. */
  private static final int NAMED = 5;

  private final Services services;

  MigrationOperations(Services services) {
    this.services = services;
  }

  /** What applies migrations to a database. */
  Migrator migrator(Migrations migrations) {
    return new MigrationTools(
            services.libraries(), database -> Inspection.connection(database).environment())
        .migrator(migrations);
  }

  List<String> migrate(String name, Migrations migrations) {
    long start = System.nanoTime();
    try (LockSet lock = LockSet.acquire(services.locks(), name)) {
      new Recovery(services).recover(name);
      RunningDatabase database = new Inspection(services).running(name);
      Migrator.Report report = migrator(migrations).migrate(database);
      LOG.info(
          "Migrated '{}' with {} in {}: {}",
          name,
          report.tool(),
          Wording.since(start),
          described(report));
      return report.applied();
    }
  }

  private static String described(Migrator.Report report) {
    List<String> applied = report.applied();
    if (!report.counted()) {
      return "it succeeded";
    }
    if (applied.isEmpty()) {
      return "it was up to date";
    }
    int omitted = applied.size() - NAMED;
    return "%s applied (%s%s)"
        .formatted(
            Wording.count(applied.size(), "migration"),
            String.join(", ", omitted > 1 ? applied.subList(0, NAMED) : applied),
            omitted > 1 ? " and %d more".formatted(omitted) : "");
  }
}
