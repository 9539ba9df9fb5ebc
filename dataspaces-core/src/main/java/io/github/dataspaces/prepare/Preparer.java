package io.github.dataspaces.prepare;

import io.github.dataspaces.runtime.RunningDatabase;

/** One step of preparing a database. */
public interface Preparer {

  /** Differs whenever the step would do something else: prepared state is kept by it. */
  String fingerprint();

  /**
   * Does the step.
   *
   * @throws io.github.dataspaces.config.DataspaceException saying which part of it failed
   */
  void prepare(RunningDatabase database);
}
