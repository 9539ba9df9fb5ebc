package io.github.dataspaces.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Asks about the TCP ports of this machine. */
public final class LocalPort {

  private LocalPort() {}

  /** Whether nothing listens on it at this moment. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
