package io.github.dataspaces.testkit;

import java.util.List;
import java.util.Random;

/** Values for columns: at the ends of what a type can hold, ordinary, and such as do not fit. */
final class RandomValues {

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  /** One of that kind, or null, as SQL says it. */
  String of(String kind) {
    if (random.nextInt(7) == 0) {
      return "null";
    }
    return switch (kind) {
      case "number" -> any(numbers());
      case "reference" -> String.valueOf(1 + random.nextInt(5));
      case "bits" -> "b'" + Integer.toBinaryString(random.nextInt(1 << 20)) + "'";
      case "year" -> String.valueOf(1901 + random.nextInt(250));
      case "date" ->
          any(List.of("'0000-00-00'", "'9999-12-31'", "'2026-02-28'", "'1000-01-01'", "curdate()"));
      case "time" ->
          any(List.of("'00:00:00'", "'-838:59:59'", "'12:34:56.789012'", "'-00:00:00.000001'"));
      case "moment" -> any(moments());
      case "text" -> any(texts());
      case "bytes" -> any(bytes());
      case "choice" -> any(List.of("'a'", "'b'", "'c'", "'A'", "'nothing'", "''"));
      case "json" -> any(documents());
      case "place" -> any(places());
      case "point" -> "point(%d, %d)".formatted(random.nextInt(9), random.nextInt(9));
      case "uuid" -> any(List.of("uuid()", "'00000000-0000-0000-0000-000000000000'"));
      case "address" -> any(List.of("'::'", "'::ffff:1.2.3.4'", "'2001:db8::ff00:42:8329'"));
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private List<String> numbers() {
    return List.of(
        "0",
        "-1",
        "1.5",
        "127",
        "18446744073709551615",
        "1e30",
        "-99999.99999",
        String.valueOf(random.nextInt(3000)),
        String.valueOf(random.nextInt()));
  }

  private List<String> moments() {
    return List.of(
        "'0000-00-00 00:00:00'",
        "'2026-01-02 03:04:05.678901'",
        "'1970-01-01 12:00:01'",
        "'2037-12-31 23:59:59.999999'",
        "now(6)",
        "date_add('2020-01-01', interval %d microsecond)".formatted(random.nextInt()));
  }

  private List<String> texts() {
    return List.of(
        "''",
        "' '",
        "'a '",
        "'A'",
        "'a'",
        "'é'",
        "'ß'",
        "'\\0'",
        "'it''s'",
        "'word %d'".formatted(random.nextInt(1000)),
        "repeat('ä', %d)".formatted(random.nextInt(300)),
        "repeat('%s', %d)".formatted((char) ('a' + random.nextInt(26)), random.nextInt(9000)));
  }

  private List<String> bytes() {
    return List.of(
        "''",
        "x'00'",
        "x'0000'",
        "x'20'",
        "unhex(sha2(%d, 256))".formatted(random.nextInt()),
        "repeat(x'ff', %d)".formatted(random.nextInt(300)),
        "repeat('b', %d)".formatted(random.nextInt(70_000)));
  }

  private List<String> documents() {
    return List.of(
        "'{}'",
        "'[1, 2.5, null, true, \"é\"]'",
        "'{\"a\": %d, \"b\": {\"c\": \"%s\"}}'"
            .formatted(random.nextInt(), "x".repeat(random.nextInt(200))),
        "json_object('a', repeat('y', %d), 'n', 1e300)".formatted(random.nextInt(70_000)),
        "'\"text\"'");
  }

  private List<String> places() {
    return List.of(
        "st_geomfromtext('point(1 2)')",
        "st_geomfromtext('linestring(0 0, 1 1, %d 2)')".formatted(random.nextInt(9)),
        "st_geomfromtext('polygon((0 0, 0 1, 1 1, 0 0))')");
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
