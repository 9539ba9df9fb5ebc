package io.github.dataspaces.flavour;

/** What a server is for, which decides how it is set up. */
public enum Purpose {
  /** As the engine's makers ship it: it survives a crash of the machine. */
  DURABLE,
  /** Quick and small: it loses no commit when it is killed, but may when the machine crashes. */
  QUICK,
  /** As quick, and its log is for nobody: it is filled from dumps, and started anew afterwards. */
  FILLING,
  /** As quick, and put back between tests while it runs; it goes with the process that has it. */
  TESTS
}
