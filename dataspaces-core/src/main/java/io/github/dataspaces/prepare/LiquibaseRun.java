package io.github.dataspaces.prepare;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.ChangeSet.ExecType;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.FastCheckService;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.LoggerUIService;

/**
 * Speaks to Liquibase, in whatever version. Loaded by {@link ToolBridge} beside Liquibase, so it
 * shares only types of the JDK with its caller.
 */
public final class LiquibaseRun
    implements BiFunction<DataSource, Map<String, Object>, List<String>> {

  static final String FILE = "file";
  static final String ROOT = "root";
  static final String CONTEXTS = "contexts";
  static final String LABELS = "labels";
  static final String TARGET = "target";
  static final String PARAMETERS = "parameters";

  /** Made by {@link ToolBridge}. */
  public LiquibaseRun() {}

  @Override
  public List<String> apply(DataSource source, Map<String, Object> request) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Map<String, Object> scope = new HashMap<>();
    // Liquibase would report how it is used
    scope.put("liquibase.analytics.enabled", "false");
    scope.put(Scope.Attr.ui.name(), new LoggerUIService());
    scope.put(Scope.Attr.classLoader.name(), loader);
    List<String> applied = new ArrayList<>();
    try (Connection connection = source.getConnection()) {
      Scope.child(scope, () -> update(connection, loader, request, applied));
      return applied;
    } catch (Exception e) {
      throw new IllegalStateException(words(e), e);
    }
  }

  @SuppressWarnings("unchecked") // the maker of the request is LiquibaseMigrations
  private static void update(
      Connection connection, ClassLoader loader, Map<String, Object> request, List<String> applied)
      throws Exception {
    Database database =
        DatabaseFactory.getInstance()
            .findCorrectDatabaseImplementation(new JdbcConnection(connection));
    String file = text(request, FILE);
    try (ResourceAccessor files =
        request.get(ROOT) instanceof String root
            ? new DirectoryResourceAccessor(Path.of(root))
            : new ClassLoaderResourceAccessor(loader)) {
      forgetWhatWasApplied();
      Liquibase liquibase = new Liquibase(file, files, database);
      printNoSummary(liquibase);
      liquibase.setChangeExecListener(new Listener(applied));
      ((Map<String, String>) request.get(PARAMETERS)).forEach(liquibase::setChangeLogParameter);
      Contexts contexts = new Contexts(text(request, CONTEXTS));
      LabelExpression labels = new LabelExpression(text(request, LABELS));
      if (request.get(TARGET) instanceof String tag) {
        liquibase.update(tag, contexts, labels);
      } else {
        liquibase.update(contexts, labels);
      }
    }
  }

  /**
   * Liquibase remembers for as long as the process lasts that a database was up to date; it is not
   * any more once it was rolled back.
   */
  private static void forgetWhatWasApplied() {
    Scope.getCurrentScope().getSingleton(ChangeLogHistoryServiceFactory.class).resetAll();
    try {
      Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
    } catch (LinkageError e) {
      Scope.getCurrentScope().getLog(LiquibaseRun.class).fine("This version has no such memory");
    }
  }

  /** It would be on the standard output, which may be what a build was started for. */
  private static void printNoSummary(Liquibase liquibase) {
    try {
      liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
    } catch (LinkageError e) {
      Scope.getCurrentScope().getLog(LiquibaseRun.class).fine("This version prints no summary");
    }
  }

  private static String text(Map<String, Object> request, String key) {
    return String.valueOf(request.getOrDefault(key, ""));
  }

  /** The innermost that says which change set it was: those around it say the same again. */
  private static String words(Throwable failure) {
    String words = String.valueOf(failure.getMessage());
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      String inner = String.valueOf(cause.getMessage());
      if (words.contains(inner) && inner.contains("hange")) {
        words = inner;
      }
    }
    return words;
  }

  private static final class Listener extends AbstractChangeExecListener {

    private final List<String> applied;

    Listener(List<String> applied) {
      this.applied = applied;
    }

    @Override
    public void ran(
        ChangeSet changeSet, DatabaseChangeLog changeLog, Database database, ExecType type) {
      if (type == ExecType.EXECUTED || type == ExecType.RERAN) {
        applied.add(changeSet.getId());
      }
    }
  }
}
