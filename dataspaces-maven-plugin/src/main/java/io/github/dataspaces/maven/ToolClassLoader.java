package io.github.dataspaces.maven;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads a migration tool and what belongs to a project, and leaves nothing behind when it is
 * closed: a JDBC driver enters itself into a list of the JDK's, which would keep the class path of
 * each module for as long as Maven runs.
 */
final class ToolClassLoader extends URLClassLoader {

  ToolClassLoader(URL[] urls, ClassLoader parent) {
    super(urls, parent);
  }

  @Override
  public void close() throws IOException {
    removeDrivers();
    super.close();
  }

  /** The list is only open to those whose class loader the drivers are of. */
  private void removeDrivers() throws IOException {
    Class<DriverRemoval> known = DriverRemoval.class;
    if (findLoadedClass(known.getName()) != null) {
      return;
    }
    try (InputStream in = known.getResourceAsStream(known.getSimpleName() + ".class")) {
      byte[] bytes = in.readAllBytes();
      Constructor<?> constructor =
          defineClass(known.getName(), bytes, 0, bytes.length).getDeclaredConstructor();
      constructor.setAccessible(true);
      ((Runnable) constructor.newInstance()).run();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
