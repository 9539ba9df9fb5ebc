package io.github.dataspaces.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What this machine is.
 *
 * @param os its operating system
 * @param arm64 whether its processor is 64-bit ARM; x86-64 otherwise
 * @param musl whether its C library is musl, as on Alpine Linux
 */
public record Platform(Os os, boolean arm64, boolean musl) {

  /** The operating systems that native servers are built for. */
  public enum Os {
    LINUX,
    DARWIN,
    WINDOWS
  }

  /** This machine's. */
  public static Platform current() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    Os os =
        name.contains("win") && !name.contains("darwin")
            ? Os.WINDOWS
            : name.contains("mac") ? Os.DARWIN : Os.LINUX;
    return new Platform(
        os,
        arch.contains("aarch64") || arch.contains("arm64"),
        os == Os.LINUX && Files.exists(Path.of("/etc/alpine-release")));
  }

  /** Whether signals, permissions and the usual commands are there. */
  public boolean posix() {
    return os != Os.WINDOWS;
  }
}
