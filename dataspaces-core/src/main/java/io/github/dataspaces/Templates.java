package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.flavour.Credentials;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.flavour.Purpose;
import io.github.dataspaces.home.Entry;
import io.github.dataspaces.home.Locks;
import io.github.dataspaces.home.Operation;
import io.github.dataspaces.prepare.Preparer;
import io.github.dataspaces.prepare.SqlScripts;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.Server;
import io.github.dataspaces.runtime.ServerEdition;
import io.github.dataspaces.snapshot.Origin;
import io.github.dataspaces.snapshot.Snapshot;
import io.github.dataspaces.snapshot.SnapshotKey;
import io.github.dataspaces.storage.CloneReport;
import io.github.dataspaces.storage.DirectoryStorage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepared servers that new dataspaces are cloned from: made once for each content, kept in the
 * home. A template is found by a hash of all that went into it, so whatever changes makes another
 * template, and a half-made one is never found.
 */
final class Templates {

  private static final Logger LOG = LoggerFactory.getLogger(Dataspaces.class);

  private final Services services;
  private final Store store;

  Templates(Services services) {
    this.services = services;
    this.store = new Store(services);
  }

  /**
   * A template, and where its files are.
   *
   * @param key the hash of all that went into it
   * @param files the data directory to clone
   * @param origin what the files are of
   */
  record Template(String key, Path files, Origin origin) {}

  /** What is prepared. */
  private record Recipe(
      Flavour flavour,
      DatabaseRuntime runtime,
      ServerEdition edition,
      String database,
      String username) {

    Origin origin(String version, String password) {
      return new Origin(
          flavour.name(),
          flavour.majorOf(version),
          version,
          runtime.name(),
          edition.source(),
          edition.contentId(),
          edition.version(),
          database,
          username,
          password);
    }

    DirectoryStorage storage() {
      return runtime.storage(edition);
    }

    List<String> contents() {
      Map<String, String> told =
          flavour.container().environment().apply(new Credentials(database, username, ""));
      return List.of(
          flavour.name(),
          runtime.name(),
          edition.contentId(),
          database,
          username,
          new TreeMap<>(told).toString());
    }
  }

  /** A template that is being made. */
  private record Draft(String key, int number, Path data, int port) {

    Snapshot manifest(Origin origin, CloneReport report) {
      SnapshotReference reference = new SnapshotReference("template", key);
      return new Snapshot(
          number,
          reference,
          origin,
          Instant.now(),
          Optional.empty(),
          report.cloner(),
          report.size(),
          report.taken());
    }
  }

  /** The template for a spec, made if it is not there. */
  Template require(
      DataspaceSpec spec, Flavour flavour, DatabaseRuntime runtime, ServerEdition edition) {
    String database = spec.database().orElse(Creation.DEFAULT_NAME);
    String username = spec.username().orElse(Creation.DEFAULT_NAME);
    flavour
        .objection(database, username)
        .ifPresent(
            why -> {
              throw new DataspaceException(
                  Reason.INVALID,
                  "Dataspace '%s' cannot be made: %s.".formatted(spec.name(), why),
                  "Choose another name.");
            });
    Recipe recipe = new Recipe(flavour, runtime, edition, database, username);
    Template template =
        find(
            recipe.contents(),
            "an empty " + flavour.name() + " server",
            recipe,
            draft -> initialise(recipe, draft));
    List<String> contents = new ArrayList<>(recipe.contents());
    for (Map.Entry<String, Preparer> step : steps(spec, recipe).entrySet()) {
      Template before = template;
      contents.add(step.getValue().fingerprint());
      template =
          find(
              contents,
              "a %s %s server".formatted(step.getKey(), flavour.name()),
              recipe,
              draft -> prepare(recipe, before, step.getValue(), draft));
    }
    return template;
  }

  /** What is done to an empty server, in order, by what the server is after it. */
  private Map<String, Preparer> steps(DataspaceSpec spec, Recipe recipe) {
    Map<String, Preparer> steps = new LinkedHashMap<>();
    spec.imports()
        .ifPresent(
            what ->
                steps.put(
                    "filled",
                    ImportOperations.preparer(
                        what, recipe.runtime(), recipe.edition(), recipe.flavour(), services)));
    spec.migrations()
        .ifPresent(how -> steps.put("migrated", new MigrationOperations(services).migrator(how)));
    if (!spec.seed().isEmpty()) {
      steps.put("seeded", new SqlScripts(spec.seed()));
    }
    return steps;
  }

  private Template find(
      List<String> contents, String description, Recipe recipe, Function<Draft, Snapshot> build) {
    String key = SnapshotKey.of(contents).hash();
    Entry<Snapshot> entry = new Entry<>(services.home().template(key), Snapshot.class);
    return read(entry)
        .orElseGet(
            () -> {
              try (Locks.Held lock = services.locks().acquire(lockName(key))) {
                return read(entry)
                    .orElseGet(
                        () -> Ports.tryTwice(() -> build(entry, description, recipe, build)));
              }
            });
  }

  /** What the server is called that a template is made with. */
  static String serverName(String key) {
    return "template-" + key;
  }

  static String lockName(String key) {
    return ".template-" + key;
  }

  private static Optional<Template> read(Entry<Snapshot> entry) {
    Optional<Snapshot> snapshot = entry.read();
    snapshot.ifPresent(used -> entry.touch());
    String key = entry.folder().getFileName().toString();
    return snapshot.map(used -> new Template(key, entry.data(used.data()), used.origin()));
  }

  private Template build(
      Entry<Snapshot> entry, String description, Recipe recipe, Function<Draft, Snapshot> build) {
    long start = System.nanoTime();
    new Recovery(services).clear(entry);
    Draft draft = begin(entry, description, recipe);
    try {
      Snapshot snapshot = build.apply(draft);
      recipe.storage().sync(draft.data());
      entry.publish(snapshot);
    } catch (RuntimeException e) {
      recipe.runtime().endLeftover(draft.data());
      recipe.storage().delete(draft.data());
      entry.remove();
      throw Ports.explain(serverName(draft.key()), draft.port(), e);
    }
    entry.end();
    LOG.info("Prepared {} for this and later dataspaces in {}", description, Wording.since(start));
    return read(entry).orElseThrow();
  }

  /** Sets a port aside, as for a dataspace. */
  private Draft begin(Entry<Snapshot> entry, String description, Recipe recipe) {
    try (Locks.Held lock = services.locks().acquire(Ports.LOCK)) {
      int port = Ports.free(store.ports());
      entry.begin(
          new Operation(
              description, false, port, recipe.runtime().name(), recipe.edition().source()));
      return new Draft(
          entry.folder().getFileName().toString(),
          entry.nextData(),
          entry.data(entry.nextData()),
          port);
    }
  }

  private Snapshot initialise(Recipe recipe, Draft draft) {
    recipe.storage().create(draft.data());
    Origin origin = recipe.origin(recipe.edition().version(), Passwords.random());
    recipe.runtime().initialise(server(origin, draft));
    return draft.manifest(origin, new CloneReport("made", recipe.storage().size(draft.data()), 0));
  }

  private Snapshot prepare(Recipe recipe, Template before, Preparer preparer, Draft draft) {
    CloneReport report = recipe.storage().clone(before.files(), draft.data(), Optional.empty());
    Server server = new Preparation(recipe.runtime(), preparer).on(server(before.origin(), draft));
    recipe.runtime().stop(server, true);
    return draft.manifest(before.origin(), report);
  }

  private Server server(Origin origin, Draft draft) {
    Path log = draft.data().resolveSibling("server.log");
    return store.server(
        serverName(draft.key()), origin, draft.data(), log, draft.port(), Purpose.QUICK);
  }
}
