package io.github.dataspaces.reset;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import javax.net.SocketFactory;

/**
 * Opens connections to a PostgreSQL database that is about to get another's name. The driver is
 * told the name to come, which it goes on telling; the server is told the one of now.
 *
 * <p>For the driver's property {@code socketFactory}, which is why it is public. The message is the
 * protocol's StartupMessage, see PostgreSQL's documentation, "Message Formats". Thread-safe.
 */
public final class StartupRedirect extends SocketFactory {

  private final String database;

  /**
   * Properties for the driver, for connections that are quicker to open: these, and that it need
   * not ask the server for what every version since 9.0 takes with the first message.
   *
   * @param database the name of now
   */
  static Map<String, String> to(String database) {
    return Map.of(
        "socketFactory",
        StartupRedirect.class.getName(),
        "socketFactoryArg",
        database,
        "assumeMinServerVersion",
        "9.0");
  }

  /**
   * @param driverProperties the name of now as {@code socketFactoryArg}
   */
  public StartupRedirect(Properties driverProperties) {
    this.database = driverProperties.getProperty("socketFactoryArg", "");
  }

  @Override
  public Socket createSocket() {
    return new Socket() {
      @Override
      public OutputStream getOutputStream() throws IOException {
        return new Redirected(super.getOutputStream(), database);
      }
    };
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(InetAddress.getByName(host), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    // the driver connects by itself
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  /** Changes the first message, if that is one that names a database; all others go through. */
  private static final class Redirected extends FilterOutputStream {

    private static final int LENGTH = 4;
    private static final int HEADER = 8;
    private static final int MAJOR_VERSION = 3;

    private final String database;
    private final ByteArrayOutputStream first = new ByteArrayOutputStream();
    private boolean begun;

    Redirected(OutputStream out, String database) {
      super(out);
      this.database = database;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (begun) {
        out.write(bytes, offset, length);
        return;
      }
      first.write(bytes, offset, length);
      ByteBuffer message = ByteBuffer.wrap(first.toByteArray());
      if (message.limit() >= HEADER && message.limit() >= message.getInt(0)) {
        begun = true;
        boolean names = message.getShort(LENGTH) == MAJOR_VERSION;
        out.write(names ? redirected(message.array()) : message.array());
      }
    }

    /** The message with other values: names and values in turn, each ended by a zero. */
    private byte[] redirected(byte[] message) {
      String text =
          new String(message, HEADER, message.length - HEADER, StandardCharsets.ISO_8859_1);
      String name =
          new String(database.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      StringBuilder changed = new StringBuilder();
      String[] words = text.split("\0", -1);
      for (int i = 0; i + 2 < words.length; i += 2) {
        changed.append(words[i]).append('\0');
        changed.append(words[i].equals("database") ? name : words[i + 1]).append('\0');
      }
      byte[] body = changed.append('\0').toString().getBytes(StandardCharsets.ISO_8859_1);
      return ByteBuffer.allocate(HEADER + body.length)
          .putInt(HEADER + body.length)
          .put(message, LENGTH, LENGTH)
          .put(body)
          .array();
    }
  }
}
