package io.github.dataspaces.prepare;

import io.github.dataspaces.prepare.RandomShop.Reference;
import io.github.dataspaces.prepare.RandomShop.Row;
import io.github.dataspaces.prepare.RandomShop.Table;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Works out, row by row, what has to be in a sample: what the documentation says, and no SQL. */
final class ExpectedSample {

  private final RandomShop shop;

  private ExpectedSample(RandomShop shop) {
    this.shop = shop;
  }

  /** The tags of the rows that are kept, by the tables that are there. */
  static Map<String, Set<String>> of(RandomShop shop) {
    return new ExpectedSample(shop).sample();
  }

  private Map<String, Set<String>> sample() {
    Set<Row> wanted = new HashSet<>();
    shop.tables.forEach(t -> t.rows.stream().filter(shop::isWanted).forEach(wanted::add));
    Set<Row> certain = closed(wanted);
    Set<Table> following = following();
    Set<Row> gone = gone(certain, following);
    Set<Row> kept = new HashSet<>(certain);
    for (Table table : shop.tables) {
      if (isNamed(table) && !isLimited(table)) {
        table.rows.stream().filter(row -> !gone.contains(row)).forEach(kept::add);
      }
    }
    Map<String, Set<String>> tags = new TreeMap<>();
    taken().forEach(table -> tags.put(table.name, new TreeSet<>()));
    closed(kept).forEach(row -> tags.get(row.table.name).add(row.tag()));
    return tags;
  }

  private boolean isLimited(Table table) {
    return shop.first.containsKey(table.name) || shop.multiples.containsKey(table.name);
  }

  private boolean isNamed(Table table) {
    return shop.named.isEmpty() || shop.named.contains(table.name);
  }

  /** With all that they refer to. */
  private static Set<Row> closed(Collection<Row> rows) {
    Deque<Row> open = new ArrayDeque<>(rows);
    Set<Row> closed = new HashSet<>();
    while (!open.isEmpty()) {
      Row row = open.pop();
      if (closed.add(row)) {
        row.references.stream().filter(target -> target != null).forEach(open::add);
      }
    }
    return closed;
  }

  private Set<Table> following() {
    Set<Table> following = new HashSet<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Table table : shop.tables) {
        boolean follows =
            table.references.stream()
                .map(Reference::target)
                .anyMatch(target -> isLimited(target) || following.contains(target));
        more |= follows && isNamed(table) && !isLimited(table) && following.add(table);
      }
    }
    return following;
  }

  private Set<Row> gone(Set<Row> certain, Set<Table> following) {
    Set<Row> gone = new HashSet<>();
    shop.tables.stream()
        .filter(this::isLimited)
        .forEach(t -> t.rows.stream().filter(row -> !certain.contains(row)).forEach(gone::add));
    boolean more = true;
    while (more) {
      more = false;
      for (Table table : following) {
        for (Row row : table.rows) {
          more |=
              !certain.contains(row)
                  && row.references.stream().anyMatch(gone::contains)
                  && gone.add(row);
        }
      }
    }
    return gone;
  }

  private Set<Table> taken() {
    Deque<Table> open = new ArrayDeque<>();
    shop.tables.stream().filter(this::isNamed).forEach(open::add);
    Set<Table> taken = new HashSet<>();
    while (!open.isEmpty()) {
      Table table = open.pop();
      if (taken.add(table)) {
        table.references.forEach(reference -> open.add(reference.target()));
      }
    }
    return taken;
  }
}
