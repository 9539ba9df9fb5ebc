package io.github.dataspaces.dump;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** How bytes are compressed, told by their first ones. */
enum Compression {
  GZIP(0x1f, 0x8b) {
    @Override
    InputStream open(InputStream in) throws IOException {
      return new GZIPInputStream(in, BUFFER);
    }
  },
  ZSTD(0x28, 0xb5, 0x2f, 0xfd) {
    @Override
    InputStream open(InputStream in) {
      return new ZstdInputStream(in);
    }
  },
  XZ(0xfd, 0x37, 0x7a, 0x58, 0x5a) {
    @Override
    InputStream open(InputStream in) throws IOException {
      return new XZInputStream(in, LARGEST_DICTIONARY);
    }
  },
  LZ4(0x04, 0x22, 0x4d, 0x18) {
    @Override
    InputStream open(InputStream in) throws IOException {
      return new FramedLZ4CompressorInputStream(in, true);
    }
  },
  /** What {@code pg_dump} calls gzip where it is not in a file of its own. */
  ZLIB() {
    @Override
    InputStream open(InputStream in) {
      return new InflaterInputStream(in, new java.util.zip.Inflater(), BUFFER);
    }
  };

  private static final int BUFFER = 1 << 16;

  /** In kB: what {@code xz -9} needs. */
  private static final int LARGEST_DICTIONARY = 80 << 10;

  private final byte[] magic;

  Compression(int... magic) {
    this.magic = new byte[magic.length];
    for (int i = 0; i < magic.length; i++) {
      this.magic[i] = (byte) magic[i];
    }
  }

  /** What a head begins with; empty for what is not compressed. */
  static Optional<Compression> of(byte[] head) {
    return Arrays.stream(values())
        .filter(compression -> startsWith(head, compression.magic))
        .findFirst();
  }

  private static boolean startsWith(byte[] head, byte[] magic) {
    return magic.length > 0
        && head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }

  abstract InputStream open(InputStream in) throws IOException;

  /** What was compressed. */
  InputStream expand(InputStream in) throws IOException {
    try {
      return new Guard(open(in));
    } catch (RuntimeException e) {
      throw corrupt(e);
    }
  }

  /** Libraries tell of bytes that they do not understand in ways of their own. */
  private static final class Guard extends FilterInputStream {

    Guard(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (RuntimeException e) {
        throw corrupt(e);
      }
    }
  }

  private static IOException corrupt(RuntimeException e) {
    return new IOException("what it is compressed with does not understand it", e);
  }
}
