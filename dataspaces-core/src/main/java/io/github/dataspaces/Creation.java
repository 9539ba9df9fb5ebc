package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.FlavourSelector;
import io.github.dataspaces.config.IfExists;
import io.github.dataspaces.config.Names;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.flavour.Flavours;
import io.github.dataspaces.home.Entry;
import io.github.dataspaces.home.Locks;
import io.github.dataspaces.home.Operation;
import io.github.dataspaces.process.Platform;
import io.github.dataspaces.reset.FastResets;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.EditionRequest;
import io.github.dataspaces.runtime.RunningDatabase;
import io.github.dataspaces.runtime.Server;
import io.github.dataspaces.runtime.ServerEdition;
import io.github.dataspaces.runtime.Uninterrupted;
import io.github.dataspaces.snapshot.Origin;
import io.github.dataspaces.snapshot.Snapshot;
import io.github.dataspaces.snapshot.SnapshotKey;
import io.github.dataspaces.storage.CloneReport;
import io.github.dataspaces.storage.DirectoryStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes dataspaces: from a template, from a snapshot, from another dataspace. All three clone files
 * and start a server on them.
 */
final class Creation {

  /** What the database and its owner are called when nothing is said. */
  static final String DEFAULT_NAME = "dataspace";

  private static final Logger LOG = LoggerFactory.getLogger(Dataspaces.class);

  private final Services services;
  private final Store store;

  Creation(Services services) {
    this.services = services;
    this.store = new Store(services);
  }

  void create(DataspaceSpec spec) {
    long start = System.nanoTime();
    String source = spec.from().map(SnapshotReference::dataspace).orElse(spec.name());
    try (LockSet locks = LockSet.acquire(services.locks(), spec.name(), source)) {
      new Recovery(services).recover(spec.name());
      Optional<DataspaceRecord> existing = store.entry(spec.name()).read();
      if (existing.isPresent() && spec.ifExists() == IfExists.REUSE) {
        requireSame(spec);
        new Lifecycle(services).startLocked(spec.name());
        return;
      }
      if (existing.isPresent() && spec.ifExists() == IfExists.FAIL) {
        throw exists(
            spec.name(),
            "Use it, choose another name, or say -Ddataspaces.ifExists=%s or -Ddataspaces.ifExists=%s."
                .formatted(IfExists.REUSE, IfExists.REPLACE));
      }
      if (spec.port() != 0 && existing.filter(record -> record.port() == spec.port()).isEmpty()) {
        Ports.requireFree(spec.name(), spec.port());
      }
      Plan plan = plan(spec);
      existing.ifPresent(record -> new Lifecycle(services).destroyLocked(spec.name(), false));
      DataspaceRecord made = make(plan, data -> clone(plan.origin(), plan.files(), data));
      LOG.info("Created {} in {}", described(spec.name(), made), Wording.since(start));
    }
  }

  void copy(String from, String to) {
    Names.dataspace(to);
    long start = System.nanoTime();
    try (LockSet locks = LockSet.acquire(services.locks(), from, to)) {
      new Recovery(services).recover(from);
      new Recovery(services).recover(to);
      DataspaceRecord source = store.get(from);
      if (store.entry(to).exists()) {
        throw exists(
            to,
            to.equals(from)
                ? "Choose another name."
                : "Choose another name, or destroy it first with: mvn dataspaces:destroy -Ddataspaces.name="
                    + to);
      }
      Path files = store.server(from, source).data();
      DataspaceSpec spec = DataspaceSpec.named(to).durable(source.durable()).build();
      Plan plan =
          new Plan(spec, "", files, source.origin(), Optional.of(from), source.parent(), false);
      Quiescence quiescence = new Quiescence(store, from, "the copy to '" + to + "'");
      DataspaceRecord made =
          make(plan, data -> quiescence.whileStill(() -> clone(source.origin(), files, data)));
      if (source.pool().isPresent()) {
        FastResets.clean(store.runtime(made).running(store.server(to, made)));
      }
      LOG.info("Copied '{}' to {} in {}", from, described(to, made), Wording.since(start));
    }
  }

  /** What a dataspace is to be made of. Makes the template if there is none yet. */
  Plan plan(DataspaceSpec spec) {
    return spec.from().isPresent() ? fromSnapshot(spec, spec.from().get()) : fromTemplate(spec);
  }

  /** Makes a dataspace that tests take in turn. Nobody else knows of its name yet. */
  void createForPool(Plan plan) {
    long start = System.nanoTime();
    String name = plan.spec().name();
    try (LockSet lock = LockSet.acquire(services.locks(), name)) {
      DataspaceRecord made = make(plan, data -> clone(plan.origin(), plan.files(), data));
      LOG.info("Created {} in {}", described(name, made), Wording.since(start));
    }
  }

  /** A dataspace that is not what was asked for is no stand-in for it. */
  private void requireSame(DataspaceSpec spec) {
    Origin origin = store.get(spec.name()).origin();
    Compatibility.require(
        services.flavours(), spec, origin, "dataspace '%s'".formatted(spec.name()));
  }

  private static DataspaceException exists(String name, String remedy) {
    return new DataspaceException(
        Reason.ALREADY_EXISTS, "There is a dataspace '%s' already.".formatted(name), remedy);
  }

  private Plan fromTemplate(DataspaceSpec spec) {
    Flavour flavour =
        services
            .flavours()
            .named(spec.flavour().map(FlavourSelector::name).orElse(Flavours.DEFAULT));
    DatabaseRuntime runtime = runtime(spec, flavour);
    String version = spec.flavour().map(FlavourSelector::version).orElse("");
    ServerEdition edition = runtime.edition(new EditionRequest(flavour, version, spec.image()));
    Templates.Template template = new Templates(services).require(spec, flavour, runtime, edition);
    return new Plan(
        spec,
        template.key(),
        template.files(),
        template.origin(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private Plan fromSnapshot(DataspaceSpec spec, SnapshotReference reference) {
    Snapshot snapshot = services.catalogue().get(reference);
    Compatibility.require(
        services.flavours(), spec, snapshot.origin(), "snapshot '%s'".formatted(reference));
    Path files = services.catalogue().entry(reference).data(snapshot.data());
    Optional<String> from = Optional.of(reference.toString());
    String key = SnapshotKey.of(List.of(files.toString(), snapshot.created().toString())).hash();
    return new Plan(spec, key, files, snapshot.origin(), from, from, false);
  }

  private DatabaseRuntime runtime(DataspaceSpec spec, Flavour flavour) {
    if (spec.runtime() != RuntimeChoice.AUTO) {
      return services.runtime(spec.runtime().toString());
    }
    boolean imageNamed = spec.image().isPresent();
    return services.runtimes().stream()
        .filter(
            runtime ->
                runtime.name().equals(RuntimeChoice.DOCKER.toString())
                    ? imageNamed || runtime.unavailable().isEmpty()
                    : hasPrograms(flavour))
        .findFirst()
        .orElseGet(() -> services.runtime(RuntimeChoice.DOCKER.toString()));
  }

  private static boolean hasPrograms(Flavour flavour) {
    return flavour
        .nativeServer()
        .flatMap(recipe -> recipe.artifact(Platform.current()))
        .isPresent();
  }

  /**
   * What is to be made, and of what.
   *
   * @param key tells the files from all others there ever are
   */
  record Plan(
      DataspaceSpec spec,
      String key,
      Path files,
      Origin origin,
      Optional<String> from,
      Optional<String> parent,
      boolean pooled) {

    /** The same for a dataspace that tests take in turn. */
    Plan pooledAs(String name) {
      return new Plan(spec.as(name), key, files, origin, from, parent, true);
    }

    /** The same for all whose dataspaces can stand in for each other. */
    String pool() {
      return SnapshotKey.of(
              List.of(
                  key,
                  String.valueOf(spec.durable()),
                  String.valueOf(spec.port()),
                  spec.password().orElse("")))
          .hash();
    }
  }

  private CloneReport clone(Origin origin, Path source, Path target) {
    return storage(origin).clone(source, target, Optional.empty());
  }

  private DirectoryStorage storage(Origin origin) {
    return services
        .runtime(origin.runtime())
        .storage(new ServerEdition(origin.source(), origin.contentId(), origin.editionVersion()));
  }

  private DataspaceRecord make(Plan plan, Function<Path, CloneReport> clone) {
    return plan.spec().port() != 0
        ? makeOnce(plan, clone)
        : Ports.tryTwice(() -> makeOnce(plan, clone));
  }

  private DataspaceRecord makeOnce(Plan plan, Function<Path, CloneReport> clone) {
    String name = plan.spec().name();
    Entry<DataspaceRecord> entry = store.entry(name);
    int port = reservePort(entry, plan);
    int number = entry.nextData();
    Path data = entry.data(number);
    try {
      clone.apply(data);
      DataspaceRecord record = start(plan, record(plan, number, port));
      entry.publish(record);
      entry.end();
      return record;
    } catch (RuntimeException e) {
      Uninterrupted.run(() -> unmake(entry, data, plan.origin()));
      throw Ports.explain(name, port, e);
    }
  }

  private void unmake(Entry<DataspaceRecord> entry, Path data, Origin origin) {
    services.runtime(origin.runtime()).endLeftover(data);
    storage(origin).delete(data);
    entry.remove();
    store.releaseSharedIfLast();
  }

  /** Notes the port before it is in use, so that no other process chooses the same. */
  private int reservePort(Entry<DataspaceRecord> entry, Plan plan) {
    try (Locks.Held lock = services.locks().acquire(Ports.LOCK)) {
      int port = plan.spec().port() != 0 ? plan.spec().port() : Ports.free(store.ports());
      entry.begin(
          new Operation(
              "its creation", false, port, plan.origin().runtime(), plan.origin().source()));
      return port;
    }
  }

  private static DataspaceRecord record(Plan plan, int number, int port) {
    DataspaceSpec spec = plan.spec();
    Instant now = Instant.now();
    Optional<Instant> expires =
        Optional.of(spec.ttl()).filter(ttl -> !ttl.equals(Duration.ZERO)).map(now::plus);
    boolean ephemeral = spec.ephemeral() || plan.pooled();
    Optional<Owner> owner = ephemeral ? Optional.of(Owner.self()) : Optional.empty();
    return new DataspaceRecord(
        number,
        plan.origin(),
        port,
        spec.durable(),
        now,
        expires,
        plan.from(),
        plan.parent(),
        owner,
        plan.pooled() ? Optional.of(plan.pool()) : Optional.empty());
  }

  private DataspaceRecord start(Plan plan, DataspaceRecord record) {
    String name = plan.spec().name();
    Server server = store.server(name, record);
    DatabaseRuntime runtime = services.runtime(plan.origin().runtime());
    RunningDatabase database = runtime.start(server);
    Origin origin = record.origin();
    String password =
        plan.spec()
            .password()
            .orElseGet(() -> plan.from().isPresent() ? origin.password() : Passwords.random());
    if (!password.equals(origin.password())) {
      database.execute(
          origin.database(), List.of(server.flavour().changePassword(origin.username(), password)));
    }
    DataspaceRecord entered = record.withOrigin(origin.withPassword(password));
    String version = runtime.running(store.server(name, entered)).version();
    return entered.withOrigin(
        entered.origin().withVersion(server.flavour().majorOf(version), version));
  }

  private static String described(String name, DataspaceRecord record) {
    return "dataspace '%s': %s %s, %s, port %d"
        .formatted(
            name,
            record.origin().flavour(),
            record.origin().version(),
            record.origin().runtime(),
            record.port());
  }
}
