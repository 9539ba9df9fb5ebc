package io.github.dataspaces.dump;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/** Writes a small archive in the custom format, byte by byte. */
final class TinyArchive {

  private static final int PRE_DATA = 2;
  private static final int DATA = 3;
  private static final int POST_DATA = 4;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private TinyArchive() {}

  /** One table of two rows, with an index and a large object. */
  static byte[] bytes() {
    TinyArchive archive = new TinyArchive();
    archive.header();
    archive.number(4);
    archive.entry(1, "t", "TABLE", PRE_DATA, "create table t (a text);", "");
    archive.entry(2, "t", "TABLE DATA", DATA, "", "COPY t (a) FROM stdin;");
    archive.entry(3, "BLOBS", "BLOBS", DATA, "", "");
    archive.entry(4, "t_a", "INDEX", POST_DATA, "create index t_a on t (a);", "");
    archive.out.write(1);
    archive.number(2);
    archive.compressed("tea\nbread\n");
    archive.out.write(3);
    archive.number(3);
    archive.number(4711);
    archive.compressed("a large object");
    archive.number(0);
    return archive.out.toByteArray();
  }

  private void header() {
    out.writeBytes("PGDMP".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[] {1, 16, 0, 4, 8, 1, 1});
    for (int i = 0; i < 7; i++) {
      number(i);
    }
    text("shop");
    text("18.1");
    text("18.1");
  }

  private void entry(int id, String tag, String type, int section, String definition, String copy) {
    number(id);
    number(1);
    text("0");
    text("0");
    text(tag);
    text(type);
    number(section);
    text(definition);
    text("");
    text(copy);
    text("public");
    text("");
    text("");
    number(0);
    text("owner");
    text("false");
    text("1");
    number(-1);
    out.write(1);
    out.writeBytes(new byte[8]);
  }

  private void compressed(String data) {
    Deflater deflater = new Deflater();
    deflater.setInput(data.getBytes(StandardCharsets.UTF_8));
    deflater.finish();
    byte[] chunk = new byte[200];
    int length = deflater.deflate(chunk);
    deflater.end();
    number(length);
    out.write(chunk, 0, length);
    number(0);
  }

  private void text(String text) {
    number(text.length());
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void number(int number) {
    out.write(number < 0 ? 1 : 0);
    for (int i = 0; i < 4; i++) {
      out.write(Math.abs(number) >> (8 * i));
    }
  }
}
