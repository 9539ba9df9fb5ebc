package io.github.dataspaces.runtime;

import io.github.dataspaces.flavour.Address;
import io.github.dataspaces.flavour.Flavour;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * Asks whether a server speaks at an address, which is not so where nothing listens yet, nor where
 * only an engine does that passes ports on. A driver's attempt to connect would tell, too, but a
 * starting server wants the processor that many of those take.
 */
final class Hail {

  private static final int CONNECT_MILLISECONDS = 1000;

  /** Whoever is silent for longer may speak to a driver. */
  private static final int ANSWER_MILLISECONDS = 100;

  private Hail() {}

  /** Whether a driver's attempt to connect is worth its while. */
  static boolean isAnswered(Address address, Flavour flavour) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLISECONDS);
      socket.setSoTimeout(ANSWER_MILLISECONDS);
      socket.getOutputStream().write(flavour.hail());
      return socket.getInputStream().read() != -1;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
