package io.github.dataspaces;

import java.time.Instant;

/**
 * A process, told from later ones with the same id.
 *
 * @param pid its id
 * @param started when it started, in milliseconds since the epoch; 0 where the system does not tell
 */
record Owner(long pid, long started) {

  static Owner self() {
    ProcessHandle self = ProcessHandle.current();
    return new Owner(self.pid(), started(self));
  }

  boolean alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> Math.abs(started(process) - started) < 2000)
        .isPresent();
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
