package io.github.dataspaces.runtime.embedded;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value found out once, when it is first asked for; if finding it fails, it is tried again. */
final class Lazy<T> {

  private final Supplier<T> source;
  private @Nullable T value;

  Lazy(Supplier<T> source) {
    this.source = source;
  }

  synchronized T get() {
    T known = value;
    if (known == null) {
      known = source.get();
      value = known;
    }
    return known;
  }
}
