package io.github.dataspaces.junit;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.config.DataspaceException;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done about tests that fail, if {@code dataspaces.keepOnFailure} asks for it. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Dataspace.class);

  private Failures() {}

  /** Keeps the database of a test that has failed; the first time it is asked. */
  static void keep(TestRun test, ExtensionContext context) {
    if (wanted(test.scope(), context) && test.keep()) {
      keep(test.label(), test.scope(), test.dataspace());
    }
  }

  /** Keeps the database of a class that has itself failed, in {@code @BeforeAll} for example. */
  static void keep(ClassScope scope, ExtensionContext context) {
    if (wanted(scope, context)) {
      scope.allocation().existing(scope).ifPresent(live -> keep(scope.label(), scope, live));
    }
  }

  private static boolean wanted(ClassScope scope, ExtensionContext context) {
    Optional<Throwable> failure =
        context.getExecutionException().filter(e -> !(e instanceof TestAbortedException));
    return failure.isPresent() && scope.blueprint().keepOnFailure();
  }

  private static void keep(String label, ClassScope scope, LiveDataspace live) {
    String name = EphemeralName.ofFailed(label);
    try {
      ConnectionInfo kept = live.copy(name);
      System.out.println(message(label, name, kept, scope.blueprint().homeOption()));
    } catch (DataspaceException e) {
      // the test's own failure is what the user has to see
      LOG.warn("The database of {} could not be kept: {}", label, e.getMessage());
    }
  }

  private static String message(String label, String name, ConnectionInfo kept, String home) {
    String option = " -Ddataspaces.name=" + name + home;
    return """
        %s failed. Its database is kept, stopped, as dataspace '%s': %s
          start it and see how to connect: mvn dataspaces:start dataspaces:env%s
          remove it: mvn dataspaces:destroy%s"""
        .formatted(label, name, kept, option, option);
  }
}
