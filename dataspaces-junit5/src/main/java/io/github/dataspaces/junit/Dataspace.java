package io.github.dataspaces.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Gives the tests of a class a real database, and rolls it back before each of them.
 *
 * <pre>{@code
 * @Dataspace(flavour = "postgres", migrations = "classpath:db/migration", seed = "classpath:seed.sql")
 * class OrdersTest {
 *   @Test void placesAnOrder(DataSource db) { … }   // rolled back before the next test
 * }
 * }</pre>
 *
 * <p>Works as a meta-annotation, is inherited by subclasses, and counts for {@code @Nested}
 * classes, unless they have one of their own: then they have a dataspace of their own.
 *
 * <p><b>What is injected.</b> Parameters of constructors, tests and lifecycle methods, and fields,
 * of the types {@link javax.sql.DataSource} (a pool; the same object, and the same URL, before and
 * after a rollback), {@link java.sql.Connection} (one for each test, closed after it) and {@link
 * DataspaceHandle}. A field is set if it is null, not final, and carries no annotation, because an
 * annotated one is some other framework's; the same goes for parameters of types other than {@code
 * DataspaceHandle}. Static fields are set before {@code @BeforeAll} and null again after the class;
 * {@code Connection} fields are set before {@code @BeforeEach}, and static ones not at all.
 *
 * <p><b>The baseline.</b> It is taken after the last {@code @BeforeAll}, when the first test
 * begins. A {@code @Nested} class begins with the baseline of the class around it; what its own
 * {@code @BeforeAll} adds is in its own baseline, which its tests go back to and no test outside it
 * ever sees. A test gets its state before its constructor runs. The invocations of a repeated or
 * parameterized test are tests of their own; all dynamic tests of a {@code @TestFactory} are one.
 *
 * <p><b>Settings</b> of the dataspace may also be given as JUnit's configuration parameters or
 * system properties ({@code dataspaces.flavour}, {@code dataspaces.home}, …), which win over the
 * annotation, and in {@code DATASPACES_*} environment variables and {@code dataspaces.yaml}, over
 * which the annotation wins. With {@code dataspaces.keepOnFailure=true} the database of a failed
 * test is kept as a dataspace of its own, and how to connect to it is printed.
 *
 * <p>Whatever goes wrong is an {@link io.github.dataspaces.config.DataspaceException} that fails
 * the test, or the class, and says what to do.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(DataspaceExtension.class)
@ResourceLock(providers = DataspaceLocks.class)
public @interface Dataspace {

  /** A dataspace of {@code dataspaces.yaml}; if empty, the default one there, if there is one. */
  String value() default "";

  /** The flavour and version, for example {@code postgres:17}. */
  String flavour() default "";

  /** {@code auto}, {@code embedded} or {@code docker}. */
  String runtime() default "";

  /** A container image to use instead of the flavour's own. */
  String image() default "";

  /**
   * Dumps that are imported once, before migrations and seed, and kept for later runs until one of
   * them changes: resources with the prefix {@code classpath:}, or files and folders, seen from the
   * project's; SQL or what {@code pg_dump}, {@code mysqldump} and {@code mariadb-dump} make, also
   * compressed with gzip, zstd or xz. Or the JDBC URL of a running database of the same engine,
   * which is read once, until the configuration parameter {@code dataspaces.sourceVersion} changes;
   * who reads it is said by {@code dataspaces.sourceUsername} and the environment variable {@code
   * DATASPACES_SOURCE_PASSWORD}.
   */
  String[] importFrom() default {};

  /** The tables of {@link #importFrom} that are wanted, with what they refer to; if empty, all. */
  String[] importTables() default {};

  /**
   * How many rows of which tables of {@link #importFrom} are wanted, for example {@code
   * "orders=1%"} or {@code "customers=1000"}: the first by the primary key, with what they refer
   * to.
   */
  String[] importRows() default {};

  /**
   * Which rows of which tables of {@link #importFrom} are wanted, for example {@code "orders:
   * placed > '2024-01-01'"}, with what they refer to.
   */
  String[] importWhere() default {};

  /**
   * Where the migrations are that make the schema: {@code classpath:} and a package, or a folder,
   * seen from the project's; or Liquibase's change log. Flyway and Liquibase are used in the
   * version that the test class path has. They are run once and kept for later runs until a file
   * changes. {@code dataspaces.yaml} and the configuration parameters {@code
   * dataspaces.migrations.tool} and others can say more.
   */
  String[] migrations() default {};

  /**
   * SQL scripts that are run once after the migrations, in this order, and kept for later runs
   * until one of them changes: resources with the prefix {@code classpath:}, or files, seen from
   * the project's folder.
   */
  String[] seed() default {};

  /**
   * An existing snapshot to begin with and to go back to, instead of one taken after
   * {@code @BeforeAll}: what {@code @BeforeAll} does to the database is then undone before the
   * first test. One of the dataspace that {@link #value} names, one taken in {@code @BeforeAll}, or
   * {@code <dataspace>/<snapshot>}.
   */
  String snapshot() default "";

  /** When the database goes back to its baseline. */
  Rollback rollback() default Rollback.EACH_TEST;

  /** Which tests share a database. */
  Isolation isolation() default Isolation.CLASS;
}
