package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.runtime.RunningDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Calls a tool of the user's, in the version that the user's class path has. The class that knows
 * the tool's types is defined anew on top of that class path; only types of the JDK pass between it
 * and the rest.
 *
 * @param loader what loads the tool
 * @param toolClass a class of the tool
 * @param name what the tool is called
 */
record ToolBridge(ClassLoader loader, String toolClass, String name) {

  private static final Pattern VERSION = Pattern.compile("-(\\d[^/]*)\\.jar!");

  /** Whether the tool is there. */
  boolean isThere() {
    return place().isPresent();
  }

  /**
   * The tool's jar, which its version is part of.
   *
   * @throws DataspaceException {@link Reason#NOT_FOUND} if there is none
   */
  String jar(String artifacts) {
    String url =
        place()
            .map(URL::toString)
            .orElseThrow(
                () ->
                    new DataspaceException(
                        Reason.NOT_FOUND,
                        "There is no %s on the class path.".formatted(name),
                        "Add %s to the project's dependencies.".formatted(artifacts)));
    return url.replaceFirst("![^!]*$", "!").replaceFirst("^.*/(?=[^/]*!$)", "/");
  }

  /** For example {@code Flyway 13.12.0}. */
  String nameAndVersion(String artifacts) {
    Matcher version = VERSION.matcher(jar(artifacts));
    return version.find() ? name + " " + version.group(1) : name;
  }

  private Optional<URL> place() {
    return Optional.ofNullable(loader.getResource(toolClass.replace('.', '/') + ".class"));
  }

  /**
   * Has the tool work, with its class path as the thread's, on a database.
   *
   * @throws IllegalStateException with the tool's own words, if it fails
   */
  <T, R> R call(
      Class<? extends BiFunction<DataSource, T, R>> type, RunningDatabase database, T request) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    Logger logger = Logger.getLogger(toolClass.replaceFirst("\\.[^.]*$", ""));
    Level level = logger.getLevel();
    thread.setContextClassLoader(loader);
    if (level == null) {
      // where nobody has said how much the tool is to log: one line for all of it is enough, and
      // what fails is in the exception
      logger.setLevel(Level.OFF);
    }
    try {
      @SuppressWarnings("unchecked") // the same class, defined once more
      BiFunction<DataSource, T, R> work =
          (BiFunction<DataSource, T, R>)
              new Defining(loader, type)
                  .loadClass(type.getName())
                  .getDeclaredConstructor()
                  .newInstance();
      return work.apply(dataSource(database), request);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } catch (LinkageError e) {
      throw new DataspaceException(
          Reason.INCOMPATIBLE,
          "This version of %s cannot be used: %s.".formatted(name, e),
          "Use a newer version of it, or run it with tool=command.",
          e);
    } finally {
      if (level == null) {
        logger.setLevel(null);
      }
      thread.setContextClassLoader(before);
    }
  }

  /** The user's driver, if the class path has one, is found because it is the thread's. */
  private static DataSource dataSource(RunningDatabase database) {
    return (DataSource)
        Proxy.newProxyInstance(
            ToolBridge.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getConnection" -> database.connect();
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  case "toString" -> database.jdbcUrl();
                  case "isWrapperFor" -> false;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  /** Defines one class, with those in it, from the bytes that this project was compiled to. */
  private static final class Defining extends ClassLoader {

    private final Class<?> type;

    Defining(ClassLoader parent, Class<?> type) {
      super(parent);
      this.type = type;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(type.getName()) && !name.startsWith(type.getName() + "$")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? define(name) : known;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
      try (InputStream in = type.getResourceAsStream(file)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
