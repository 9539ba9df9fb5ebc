package io.github.dataspaces.junit;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.lang.reflect.Constructor;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * What {@link Dataspace} does, for those who would rather say it in a field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static DataspaceExtension db =
 *     DataspaceExtension.builder().flavour("postgres").seed("classpath:seed.sql").build();
 * }</pre>
 *
 * <p>The field is static, or the test class is {@code PER_CLASS}. All that {@link Dataspace} says
 * holds, with one exception: JUnit's scheduler does not hear of it, so a class whose tests would
 * run in parallel fails and says so, unless its isolation is {@link Isolation#METHOD}. Holds no
 * state of its own; thread-safe.
 */
public final class DataspaceExtension
    implements ExecutionCondition,
        BeforeAllCallback,
        TestInstancePreConstructCallback,
        TestInstancePostProcessor,
        BeforeEachCallback,
        ParameterResolver,
        AfterTestExecutionCallback,
        AfterEachCallback,
        AfterAllCallback {

  private final Optional<Options> options;

  /** For JUnit: what is wanted is said in an annotation. */
  DataspaceExtension() {
    this.options = Optional.empty();
  }

  private DataspaceExtension(Options options) {
    this.options = Optional.of(options);
  }

  /** Begins an extension for a field with {@code @RegisterExtension}. */
  public static Builder builder() {
    return new Builder();
  }

  /** The attributes of {@link Dataspace}, with the same defaults. Not thread-safe. */
  public static final class Builder {

    private String dataspace = "";
    private String flavour = "";
    private String runtime = "";
    private String image = "";
    private List<String> migrations = List.of();
    private List<String> importFrom = List.of();
    private List<String> importTables = List.of();
    private List<String> importRows = List.of();
    private List<String> importWhere = List.of();
    private List<String> seed = List.of();
    private String snapshot = "";
    private Rollback rollback = Rollback.EACH_TEST;
    private Isolation isolation = Isolation.CLASS;

    private Builder() {}

    /** As {@link Dataspace#value}. */
    public Builder dataspace(String name) {
      dataspace = name;
      return this;
    }

    /** As {@link Dataspace#flavour}. */
    public Builder flavour(String text) {
      flavour = text;
      return this;
    }

    /** As {@link Dataspace#runtime}. */
    public Builder runtime(String text) {
      runtime = text;
      return this;
    }

    /** As {@link Dataspace#image}. */
    public Builder image(String reference) {
      image = reference;
      return this;
    }

    /** As {@link Dataspace#migrations}. */
    public Builder migrations(String... places) {
      migrations = List.of(places);
      return this;
    }

    /** As {@link Dataspace#importFrom}. */
    public Builder importFrom(String... dumps) {
      importFrom = List.of(dumps);
      return this;
    }

    /** As {@link Dataspace#importTables}. */
    public Builder importTables(String... tables) {
      importTables = List.of(tables);
      return this;
    }

    /** As {@link Dataspace#importRows}. */
    public Builder importRows(String... rows) {
      importRows = List.of(rows);
      return this;
    }

    /** As {@link Dataspace#importWhere}. */
    public Builder importWhere(String... conditions) {
      importWhere = List.of(conditions);
      return this;
    }

    /** As {@link Dataspace#seed}. */
    public Builder seed(String... scripts) {
      seed = List.of(scripts);
      return this;
    }

    /** As {@link Dataspace#snapshot}. */
    public Builder snapshot(String name) {
      snapshot = name;
      return this;
    }

    /** As {@link Dataspace#rollback}. */
    public Builder rollback(Rollback choice) {
      rollback = choice;
      return this;
    }

    /** As {@link Dataspace#isolation}. */
    public Builder isolation(Isolation choice) {
      isolation = choice;
      return this;
    }

    /**
     * The extension. Nothing is started before a test class is.
     *
     * @throws DataspaceException if parts of it contradict each other
     */
    public DataspaceExtension build() {
      return new DataspaceExtension(
          new Options(
              dataspace,
              flavour,
              runtime,
              image,
              new ImportOptions(importFrom, importTables, importRows, importWhere),
              migrations,
              seed,
              snapshot,
              rollback,
              isolation));
    }
  }

  /** For tests whose instance is their own, the constructor is part of the test. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Optional<ClassScope> scope = enter(context);
    // a PER_CLASS instance was there before an extension in one of its fields was
    context
        .getTestInstance()
        .ifPresent(
            instance -> scope.ifPresent(entered -> Injection.fill(instance, entered::lasting)));
  }

  /**
   * Disables nothing, but comes before all else where no instance is made for a test: what a
   * framework does before it, such as to begin a transaction, is to find the database put back.
   */
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (context.getTestInstanceLifecycle().equals(Optional.of(Lifecycle.PER_CLASS))
        && isATest(context)) {
      prepare(context);
    }
    return ConditionEvaluationResult.enabled(null);
  }

  /** A method that stands for several tests is none: each of them comes by itself. */
  private static boolean isATest(ExtensionContext context) {
    String id = context.getUniqueId();
    return context.getTestMethod().isPresent()
        && !id.startsWith("[test-template:", id.lastIndexOf('['));
  }

  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext factory, ExtensionContext context) {
    prepare(context);
  }

  @Override
  public void postProcessTestInstance(Object instance, ExtensionContext context) {
    Optional<TestRun> test = Scopes.test(this, context);
    if (test.isPresent()) {
      Injection.fill(instance, test.get()::dataspace);
    } else {
      Scopes.nearest(this, context).ifPresent(scope -> Injection.fill(instance, scope::lasting));
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    prepare(context);
    if (options.isPresent() && Scopes.nearest(this, context).isEmpty()) {
      throw new DataspaceException(
          Reason.INVALID,
          "%s has a DataspaceExtension in a field that is not static."
              .formatted(context.getRequiredTestClass().getSimpleName()),
          "Make it static, or add @TestInstance(PER_CLASS) to the class.");
    }
    Scopes.test(this, context).ifPresent(test -> fillConnections(test, context));
  }

  private void fillConnections(TestRun test, ExtensionContext context) {
    for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
      Scopes.onClose(context, Injection.fillConnections(instance, test.dataspace()::lend));
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return Injection.claims(parameter.getParameter()) && Scopes.nearest(this, context).isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    LiveDataspace dataspace =
        Scopes.test(this, context)
            .map(TestRun::dataspace)
            .orElseGet(() -> ofClass(parameter, context));
    Class<?> type = parameter.getParameter().getType();
    return type == Connection.class ? dataspace.lend() : Injection.value(type, dataspace);
  }

  private LiveDataspace ofClass(ParameterContext parameter, ExtensionContext context) {
    ClassScope scope = Scopes.nearest(this, context).orElseThrow();
    return parameter.getDeclaringExecutable() instanceof Constructor<?>
        ? scope.lasting()
        : scope.allocation().ofClass(scope);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    // before @AfterEach, which may clean up what the user wants to look at
    Scopes.test(this, context).ifPresent(test -> Failures.keep(test, context));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Scopes.test(this, context).ifPresent(test -> Failures.keep(test, context));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Scopes.nearest(this, context).ifPresent(scope -> Failures.keep(scope, context));
  }

  /** Sees to it that a class has been entered, or a test has begun, whichever the context is of. */
  private void prepare(ExtensionContext context) {
    if (context.getTestMethod().isEmpty()) {
      enter(context);
    } else {
      Scopes.nearest(this, context).ifPresent(scope -> Scopes.begin(scope, context));
    }
  }

  private Optional<ClassScope> enter(ExtensionContext context) {
    return Scopes.enter(this, options, context, scope -> fillStatic(scope, context));
  }

  /** At once, because a framework may need them to make a PER_CLASS instance, before all else. */
  private static void fillStatic(ClassScope scope, ExtensionContext context) {
    Scopes.onClose(context, Injection.fillStatic(scope.testClass(), scope::lasting));
  }
}
