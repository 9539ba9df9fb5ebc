package io.github.dataspaces.flavour;

import io.github.dataspaces.flavour.ScriptRecipe.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the indexes that only searching needs out of a {@code CREATE TABLE} as dump programs write
 * it, to be made when the rows are there: sorting once is faster than finding each row's place.
 */
final class MySqlKeys {

  private static final Pattern TABLE = Pattern.compile("(?i)create table (`(?:[^`]|``)+`) \\(\n");
  private static final Pattern KEY = Pattern.compile("  KEY `(?:[^`]|``)+` \\((`(?:[^`]|``)+`).*");
  private static final Pattern FOREIGN_KEY =
      Pattern.compile("  CONSTRAINT .* FOREIGN KEY \\((`(?:[^`]|``)+`).*");
  private static final Pattern UNIQUE =
      Pattern.compile("  (?:PRIMARY|UNIQUE) KEY .*?\\((`(?:[^`]|``)+`).*");
  private static final Pattern COUNTED = Pattern.compile("  (`(?:[^`]|``)+`) .*AUTO_INCREMENT.*");

  private MySqlKeys() {}

  static Optional<Split> split(String create) {
    Matcher table = TABLE.matcher(create);
    int innoDb = create.lastIndexOf("\n) ENGINE=InnoDB");
    if (!table.lookingAt() || innoDb < 0) {
      return Optional.empty();
    }
    List<String> lines = List.of(create.substring(table.end(), innoDb).split("\n"));
    Set<String> needed = firstColumns(lines, FOREIGN_KEY);
    Set<String> counted = firstColumns(lines, COUNTED);
    counted.removeAll(firstColumns(lines, UNIQUE));
    needed.addAll(counted);
    List<String> now = new ArrayList<>();
    List<String> later = new ArrayList<>();
    for (String line : lines) {
      String plain = line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
      Matcher key = KEY.matcher(plain);
      boolean waits = key.matches() && !needed.contains(key.group(1));
      (waits ? later : now).add(waits ? "add" + plain.substring(1) : plain);
    }
    return later.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Split(
                table.group() + String.join(",\n", now) + create.substring(innoDb),
                "alter table " + table.group(1) + " " + String.join(", ", later)));
  }

  private static Set<String> firstColumns(List<String> lines, Pattern pattern) {
    Set<String> columns = new HashSet<>();
    for (String line : lines) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.matches()) {
        columns.add(matcher.group(1));
      }
    }
    return columns;
  }
}
