package io.github.dataspaces.testkit;

import io.github.dataspaces.config.RuntimeChoice;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test that is run on every runtime; where there is no Docker, its second run is skipped. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@EnumSource(
    value = RuntimeChoice.class,
    names = {"EMBEDDED", "DOCKER"})
@ExtendWith(EachRuntime.NeedsDocker.class)
public @interface EachRuntime {

  /** Skips the runs that need an engine where none answers. */
  final class NeedsDocker implements InvocationInterceptor {

    @Override
    public void interceptTestTemplateMethod(
        Invocation<Void> invocation,
        ReflectiveInvocationContext<Method> invocationContext,
        ExtensionContext extensionContext)
        throws Throwable {
      try {
        List<Object> arguments = invocationContext.getArguments();
        if (!arguments.contains(RuntimeChoice.EMBEDDED) && !arguments.contains(EachMySql.NATIVE)) {
          DockerEngine.require();
        }
      } catch (RuntimeException | AssertionError e) {
        invocation.skip();
        throw e;
      }
      invocation.proceed();
    }
  }
}
