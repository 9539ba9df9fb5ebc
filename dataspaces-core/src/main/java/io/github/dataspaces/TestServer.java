package io.github.dataspaces;

/**
 * A dataspace that tests have for a while, alone, in the state that was asked for. Used by one
 * thread at a time.
 */
public final class TestServer {

  private final TestServers from;
  private final Creation.Plan plan;
  private final Dataspace dataspace;
  private final ResetSession resets;
  private final ConnectionInfo connection;

  TestServer(TestServers from, Creation.Plan plan, Dataspace dataspace, ResetSession resets) {
    this.from = from;
    this.plan = plan;
    this.dataspace = dataspace;
    this.resets = resets;
    this.connection = dataspace.connection();
  }

  /** The dataspace. */
  public Dataspace dataspace() {
    return dataspace;
  }

  /** How to connect to it, for as long as it is there. */
  public ConnectionInfo connection() {
    return connection;
  }

  /** Takes it to states and back; its beginning is what was asked for. */
  public ResetSession resets() {
    return resets;
  }

  /**
   * Gives it to whoever asks for one like it. It is put back as it was meanwhile; the caller has
   * closed its connections.
   */
  public void giveBack() {
    from.receive(this);
  }

  /** Ends it for good. */
  public void destroy() {
    resets.close();
    dataspace.destroy(true);
  }

  Creation.Plan plan() {
    return plan;
  }
}
