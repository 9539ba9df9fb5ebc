package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A dataspace as asked for: immutable, validated when built. What was not said is empty; the
 * flavour, the runtime or the snapshot it is made from decide it.
 */
public final class DataspaceSpec {

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");

  private final Builder values;

  private DataspaceSpec(Builder values) {
    this.values = values;
  }

  /** Starts a spec for a dataspace of that name. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Its name, unique in its home. */
  public String name() {
    return values.name;
  }

  /** The flavour and version asked for. */
  public Optional<FlavourSelector> flavour() {
    return Optional.ofNullable(values.flavour);
  }

  /** What is to run it. */
  public RuntimeChoice runtime() {
    return values.runtime;
  }

  /** The container image asked for, instead of the flavour's own. */
  public Optional<String> image() {
    return Optional.ofNullable(values.image);
  }

  /** The TCP port asked for; 0 for a free one. */
  public int port() {
    return values.port;
  }

  /** The database to make. */
  public Optional<String> database() {
    return Optional.ofNullable(values.database);
  }

  /** The user who owns it. */
  public Optional<String> username() {
    return Optional.ofNullable(values.username);
  }

  /** That user's password; a random one if none is asked for. */
  public Optional<String> password() {
    return Optional.ofNullable(values.password);
  }

  /** The snapshot to start from. */
  public Optional<SnapshotReference> from() {
    return Optional.ofNullable(values.from);
  }

  /** What to do if the name is taken. */
  public IfExists ifExists() {
    return values.ifExists;
  }

  /** How long it may live before {@code prune} removes it; zero for ever. */
  public Duration ttl() {
    return values.ttl;
  }

  /** Whether the server is to survive a crash of the machine, at the price of speed. */
  public boolean durable() {
    return values.durable;
  }

  /** Whether it goes when the process that made it is gone. */
  public boolean ephemeral() {
    return values.ephemeral;
  }

  /** How the new database's schema is made. */
  public Optional<Migrations> migrations() {
    return Optional.ofNullable(values.migrations);
  }

  /** The dumps to import into the new database, before its migrations. */
  public Optional<Imports> imports() {
    return Optional.ofNullable(values.imports);
  }

  /** The scripts to run, in order, in the new database, after its migrations. */
  public List<SqlScript> seed() {
    return values.seed;
  }

  /** The same under another name. */
  public DataspaceSpec as(String name) {
    Builder renamed = new Builder(values, name);
    return new DataspaceSpec(renamed);
  }

  /** All that was asked for but the name. */
  public List<Object> contents() {
    return List.of(
        flavour(),
        runtime(),
        image(),
        port(),
        database(),
        username(),
        password(),
        from(),
        ttl(),
        durable(),
        imports(),
        migrations(),
        seed());
  }

  /** Collects what is asked for. Not thread-safe. */
  public static final class Builder {

    private final String name;
    private @Nullable FlavourSelector flavour;
    private RuntimeChoice runtime = RuntimeChoice.AUTO;
    private @Nullable String image;
    private int port;
    private @Nullable String database;
    private @Nullable String username;
    private @Nullable String password;
    private @Nullable SnapshotReference from;
    private IfExists ifExists = IfExists.FAIL;
    private Duration ttl = Duration.ZERO;
    private boolean durable;
    private boolean ephemeral;
    private @Nullable Imports imports;
    private @Nullable Migrations migrations;
    private List<SqlScript> seed = List.of();

    private Builder(String name) {
      this.name = Names.dataspace(name);
    }

    private Builder(Builder other, String newName) {
      name = Names.dataspace(newName);
      flavour = other.flavour;
      runtime = other.runtime;
      image = other.image;
      port = other.port;
      database = other.database;
      username = other.username;
      password = other.password;
      from = other.from;
      ifExists = other.ifExists;
      ttl = other.ttl;
      durable = other.durable;
      ephemeral = other.ephemeral;
      imports = other.imports;
      migrations = other.migrations;
      seed = List.copyOf(other.seed);
    }

    /** For example {@code postgres:17}. */
    public Builder flavour(String text) {
      flavour = FlavourSelector.parse(text);
      return this;
    }

    /** Docker, embedded, or whichever is there. */
    public Builder runtime(RuntimeChoice choice) {
      runtime = choice;
      return this;
    }

    /** A container image; implies the docker runtime. */
    public Builder image(String reference) {
      image = reference;
      return this;
    }

    /** 0 for a free port. */
    public Builder port(int number) {
      if (number < 0 || number > 65535) {
        throw new DataspaceException(
            Reason.INVALID,
            "port: %d is no TCP port.".formatted(number),
            "Use 1 to 65535, or 0 for a free one.");
      }
      port = number;
      return this;
    }

    /** The database to make. */
    public Builder database(String identifier) {
      database = identifier("database", identifier);
      return this;
    }

    /** The user who owns it. */
    public Builder username(String identifier) {
      username = identifier("username", identifier);
      return this;
    }

    /** That user's password; never logged. */
    public Builder password(String secret) {
      if (secret.isEmpty() || secret.chars().anyMatch(Character::isISOControl)) {
        throw new DataspaceException(
            Reason.INVALID,
            "password: it is empty or has control characters.",
            "Choose another, or leave it out for a random one.");
      }
      password = secret;
      return this;
    }

    /** The snapshot to start from. */
    public Builder from(SnapshotReference reference) {
      from = reference;
      return this;
    }

    /** What to do if the name is taken. */
    public Builder ifExists(IfExists choice) {
      ifExists = choice;
      return this;
    }

    /** Zero for ever. */
    public Builder ttl(Duration duration) {
      ttl = Lifetime.require(Setting.TTL.key(), duration);
      return this;
    }

    /** True for a server that flushes to disk as in production. */
    public Builder durable(boolean flag) {
      durable = flag;
      return this;
    }

    /** True for a dataspace that goes with the process that made it. */
    public Builder ephemeral(boolean flag) {
      ephemeral = flag;
      return this;
    }

    /** The dumps to import before anything else. */
    public Builder imports(Imports dumps) {
      imports = dumps;
      return this;
    }

    /** How the schema is made. */
    public Builder migrations(Migrations how) {
      migrations = how;
      return this;
    }

    /** The scripts to run, in order, after the migrations. */
    public Builder seed(List<SqlScript> scripts) {
      seed = scripts;
      return this;
    }

    /**
     * @throws DataspaceException {@link Reason#INVALID} if parts of it contradict each other
     */
    public DataspaceSpec build() {
      if (image != null && runtime == RuntimeChoice.EMBEDDED) {
        throw new DataspaceException(
            Reason.INVALID,
            "Dataspace '%s': an image was named, but runtime=embedded runs no images."
                .formatted(name),
            "Leave out one of the two.");
      }
      refuseWithFrom("import", imports != null);
      refuseWithFrom("seed", !seed.isEmpty());
      if (from != null && migrations != null) {
        throw new DataspaceException(
            Reason.INVALID,
            "Dataspace '%s': 'from' and 'migrations' were both given.".formatted(name),
            "A snapshot brings its schema with it: leave out one of the two, and migrate it afterwards.");
      }
      return new DataspaceSpec(new Builder(this, name));
    }

    private void refuseWithFrom(String key, boolean given) {
      if (from != null && given) {
        throw new DataspaceException(
            Reason.INVALID,
            "Dataspace '%s': 'from' and '%s' were both given.".formatted(name, key),
            "A snapshot brings its data with it: leave out one of the two.");
      }
    }

    private static String identifier(String key, String text) {
      if (IDENTIFIER.matcher(text).matches()) {
        return text;
      }
      throw new DataspaceException(
          Reason.INVALID,
          "%s: '%s' cannot be used.".formatted(key, text),
          "Use up to 63 letters, digits, '_' and '-', beginning with a letter or '_'.");
    }
  }
}
