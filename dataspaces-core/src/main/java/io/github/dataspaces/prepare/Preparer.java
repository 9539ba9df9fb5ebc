package io.github.dataspaces.prepare;

import io.github.dataspaces.flavour.Purpose;
import io.github.dataspaces.runtime.RunningDatabase;

/** One step of preparing a database. */
public interface Preparer {

  /** Differs whenever the step would do something else: prepared state is kept by it. */
  String fingerprint();

  /** What the server is for meanwhile. */
  default Purpose purpose() {
    return Purpose.QUICK;
  }

  /**
   * Does the step.
   *
   * @throws io.github.dataspaces.config.DataspaceException saying which part of it failed
   */
  void prepare(RunningDatabase database);
}
