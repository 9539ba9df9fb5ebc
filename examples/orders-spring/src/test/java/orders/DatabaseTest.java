package orders;

import io.github.dataspaces.junit.Dataspace;
import io.github.dataspaces.junit.DataspaceHandle;
import io.github.dataspaces.junit.Isolation;
import javax.sql.DataSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * What all tests with a database share: one application context, which Spring keeps, so one database
 * for the whole run, which is put back before each test.
 *
 * <p>The migrations are part of what it is put back to. Spring's own Flyway finds them done.
 */
@SpringBootTest
@Import(DatabaseTest.Database.class)
@Dataspace(
    flavour = "postgres",
    migrations = "classpath:db/migration",
    isolation = Isolation.SHARED)
abstract class DatabaseTest {

  static DataspaceHandle dataspace;

  @TestConfiguration
  static class Database {
    /** The pool that knows when the database is put back. */
    @Bean
    DataSource dataSource() {
      return dataspace.dataSource();
    }
  }
}
