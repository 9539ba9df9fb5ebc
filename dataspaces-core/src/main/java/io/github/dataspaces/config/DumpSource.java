package io.github.dataspaces.config;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a dump is. Nothing of it is read until it is opened; it may be larger than the memory.
 *
 * @param name where it is, for messages
 * @param path the file or folder; empty for what is neither
 * @param resource the resource; empty for what is none
 */
public record DumpSource(String name, Optional<Path> path, Optional<URI> resource) {

  /** What stands for the standard input. */
  public static final String STANDARD_INPUT = "-";

  /** A file or folder. */
  public static DumpSource of(Path path) {
    return new DumpSource(path.toString(), Optional.of(path), Optional.empty());
  }

  /** A resource. */
  public static DumpSource of(String name, URL url) {
    return new DumpSource(name, Optional.empty(), Optional.of(URI.create(url.toString())));
  }

  /** What another program writes into this one. It can be read once only. */
  public static DumpSource standardInput() {
    return new DumpSource("the standard input", Optional.empty(), Optional.empty());
  }

  /** Whether it can be read once only. */
  public boolean isStandardInput() {
    return path.isEmpty() && resource.isEmpty();
  }

  /** Whether it is a folder. */
  public boolean isFolder() {
    return path.filter(Files::isDirectory).isPresent();
  }

  /** Its size in bytes; 0 if that is not known. */
  public long size() {
    try {
      return path.isPresent() && !isFolder() ? Files.size(path.get()) : 0;
    } catch (IOException e) {
      return 0; // whoever reads it will know better
    }
  }

  /** Its bytes; the caller closes the stream. Not for a folder. */
  public InputStream open() throws IOException {
    if (path.isPresent()) {
      return Files.newInputStream(path.get());
    }
    if (resource.isPresent()) {
      URLConnection connection = resource.get().toURL().openConnection();
      // a cached jar would stay open, and be the old one after the file has changed
      connection.setUseCaches(false);
      return connection.getInputStream();
    }
    return new FilterInputStream(System.in) {
      @Override
      public void close() {
        // not this program's to close
      }
    };
  }
}
