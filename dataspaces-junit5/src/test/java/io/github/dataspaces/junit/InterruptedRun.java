package io.github.dataspaces.junit;

import org.junit.jupiter.api.Test;

/** A process that runs a test which never ends. */
final class InterruptedRun {

  static final String READY = "READY ";

  private InterruptedRun() {}

  public static void main(String[] args) {
    SampleRun.of(Endless.class);
  }

  @Dataspace
  static class Endless {
    @Test
    void test(DataspaceHandle handle) throws InterruptedException {
      System.out.println(READY + handle.port());
      Thread.sleep(600_000);
    }
  }
}
