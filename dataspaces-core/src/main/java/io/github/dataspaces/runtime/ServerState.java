package io.github.dataspaces.runtime;

import java.util.Locale;

/** What a server is doing, as its process or its container tells. */
public enum ServerState {
  RUNNING,
  PAUSED,
  STOPPED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
