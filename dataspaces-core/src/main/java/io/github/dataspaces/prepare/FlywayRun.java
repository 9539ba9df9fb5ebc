package io.github.dataspaces.prepare;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateOutput;

/**
 * Speaks to Flyway, in whatever version. Loaded by {@link ToolBridge} beside Flyway, so it shares
 * only types of the JDK with its caller.
 */
public final class FlywayRun implements BiFunction<DataSource, Map<String, Object>, List<String>> {

  static final String LOCATIONS = "locations";
  static final String PLACEHOLDERS = "placeholders";
  static final String TARGET = "target";

  /** Made by {@link ToolBridge}. */
  public FlywayRun() {}

  @Override
  @SuppressWarnings("unchecked") // the maker of the request is FlywayMigrations
  public List<String> apply(DataSource database, Map<String, Object> request) {
    FluentConfiguration configuration =
        Flyway.configure(Thread.currentThread().getContextClassLoader())
            .dataSource(database)
            .locations(((List<String>) request.get(LOCATIONS)).toArray(String[]::new))
            .placeholders((Map<String, String>) request.get(PLACEHOLDERS));
    if (request.get(TARGET) instanceof String target) {
      configuration.target(target);
    }
    try {
      return configuration.load().migrate().migrations.stream().map(FlywayRun::name).toList();
    } catch (FlywayException e) {
      throw new IllegalStateException(words(e), e);
    }
  }

  /**
   * Newer versions keep a failed statement to themselves; their exception has it, in a class that
   * is not part of what Flyway promises to keep.
   */
  private static String words(FlywayException failure) {
    String words = String.valueOf(failure.getMessage());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      try {
        Object statement = cause.getClass().getMethod("getStatement").invoke(cause);
        return words.replaceFirst(
            "(Statement +: )Run Flyway with.*", "$1" + Matcher.quoteReplacement(statement + ""));
      } catch (ReflectiveOperationException e) {
        continue;
      }
    }
    return words;
  }

  private static String name(MigrateOutput migration) {
    boolean versioned = migration.version != null && !migration.version.isEmpty();
    return (versioned ? migration.version + " " : "") + migration.description;
  }
}
