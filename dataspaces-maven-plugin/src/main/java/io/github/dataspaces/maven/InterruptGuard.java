package io.github.dataspaces.maven;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * While a client has the terminal, Ctrl-C is for it: it goes to every process of the terminal, and
 * Maven must not end and leave the client behind without anybody who waits for it.
 *
 * <p>{@code sun.misc.Signal} is the only way there is; where it is missing, Ctrl-C ends Maven as
 * ever.
 */
final class InterruptGuard implements AutoCloseable {

  private final @Nullable Object previous;

  private InterruptGuard(@Nullable Object previous) {
    this.previous = previous;
  }

  static InterruptGuard set() {
    try {
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      // a handler that does nothing, and not SIG_IGN: that the client would inherit
      return new InterruptGuard(
          handle(
              Proxy.newProxyInstance(
                  handler.getClassLoader(),
                  new Class<?>[] {handler},
                  (proxy, method, arguments) -> null)));
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return new InterruptGuard(null);
    }
  }

  @Override
  public void close() {
    if (previous != null) {
      try {
        handle(previous);
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        // it stays ignored; the build is about to end anyway
      }
    }
  }

  private static @Nullable Object handle(Object handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
    return handle.invoke(null, signal.getConstructor(String.class).newInstance("INT"), handler);
  }
}
