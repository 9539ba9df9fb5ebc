package io.github.dataspaces.benchmarks;

/**
 * What a row of a table measures.
 *
 * @param schema what is put back
 * @param pause how long each test takes besides its queries, in milliseconds
 * @param fewest how many gaps between tests are measured at least
 * @param runs how many at most
 * @param seconds after how many seconds no further test begins, if there are the fewest
 */
record Plan(Schema schema, int pause, int fewest, int runs, int seconds) {

  private static final int WARM_UP = 10_000;
  private static final int WARM_UP_SECONDS = 25;
  private static final int UNLIMITED = Integer.MAX_VALUE;

  /** For trying out whether all of it works. */
  private static final int AT_MOST = Integer.getInteger("benchmarks.runs", UNLIMITED);

  Plan {
    runs = Math.min(runs, AT_MOST);
  }

  Plan(Schema schema, int pause, int runs) {
    this(schema, pause, runs, UNLIMITED);
  }

  /** Ends in time with whatever takes long. */
  Plan(Schema schema, int pause, int runs, int seconds) {
    this(schema, pause, 1, runs, seconds);
  }

  /** The same, unmeasured and at once, for the JVM to have compiled what runs often. */
  Plan warmUp() {
    return new Plan(schema, 0, 1, WARM_UP, WARM_UP_SECONDS);
  }
}
