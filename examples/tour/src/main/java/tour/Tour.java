package tour;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.Dataspace;
import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.IfExists;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Create, change, snapshot, damage, roll back: what it does, what the database says, and how long
 * it took.
 */
public final class Tour {

  private static final String SNAPSHOT = "ten-thousand-orders";

  private final Dataspace shop;

  private Tour(Dataspace shop) {
    this.shop = shop;
  }

  /** Takes the tour, in the home that {@code dataspaces.home} or {@code DATASPACES_HOME} names. */
  public static void main(String[] arguments) throws SQLException {
    Path home =
        Settings.of(
                Settings.properties(key -> Optional.ofNullable(System.getProperty(key))),
                Settings.environment(System.getenv()))
            .home();
    DataspaceSpec spec =
        DataspaceSpec.named("tour")
            .flavour("postgres")
            .runtime(RuntimeChoice.EMBEDDED)
            .ifExists(IfExists.REPLACE)
            .build();
    try (Dataspaces dataspaces = Dataspaces.at(home).open()) {
      long start = System.nanoTime();
      Tour tour = new Tour(dataspaces.create(spec));
      tour.tell("Created " + tour.shop.connection(), start);
      tour.take();
      tour.shop.destroy(true);
    }
  }

  private void take() throws SQLException {
    timed(
        "Changed: made 10000 orders",
        () -> execute("create table orders as select generate_series(1, 10000) as id"));
    timed("Took a snapshot", () -> shop.snapshot(SNAPSHOT, true));
    timed("Damaged: deleted most orders", () -> execute("delete from orders where id > 3"));
    System.out.println("  orders left: " + count());
    timed("Rolled back", () -> shop.rollback(SNAPSHOT));
    System.out.println("  orders left: " + count());
  }

  /** A step of the tour. */
  @FunctionalInterface
  private interface Step {
    void run() throws SQLException;
  }

  private void timed(String what, Step step) throws SQLException {
    long start = System.nanoTime();
    step.run();
    tell(what, start);
  }

  private void tell(String what, long start) {
    System.out.printf("%s in %d ms%n", what, (System.nanoTime() - start) / 1_000_000);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long count() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select count(*) from orders")) {
      result.next();
      return result.getLong(1);
    }
  }

  private Connection connect() throws SQLException {
    ConnectionInfo database = shop.connection();
    return DriverManager.getConnection(
        database.jdbcUrl(), database.username(), database.password());
  }
}
