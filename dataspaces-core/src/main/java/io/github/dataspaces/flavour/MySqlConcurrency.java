package io.github.dataspaces.flavour;

import io.github.dataspaces.dump.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * InnoDB keeps rows in the order of their primary keys, which rows of dumps bring along, so it
 * makes no difference who inserts them when.
 */
final class MySqlConcurrency implements ConcurrencyRecipe {

  private static final int HEAD = 300;

  private static final Pattern INSERT =
      Pattern.compile("(?is)insert\\s+into\\s+(?:`((?:[^`]|``)+)`|([\\w$]+))\\s*(?:\\(|values).*");

  private static final Pattern KEY = Pattern.compile("  (KEY (`(?:[^`]|``)+`) .*?),?");
  private static final Pattern OTHER_INDEX = Pattern.compile("  (?:FULLTEXT|SPATIAL|VECTOR) .*");

  /**
   * Words of full-text indexes are numbered as they come. Tables with a history (of type {@code
   * SYSTEM VERSIONED}) are filled by sessions that were told so.
   */
  private static final String ALLOWED =
      """
      select count(*) from information_schema.tables t
      where table_schema = database() and table_name = %s and engine = 'InnoDB' and table_type = 'BASE TABLE' and @@session.foreign_key_checks = 0
        and exists (select 1 from information_schema.table_constraints c
          where c.table_schema = t.table_schema and c.table_name = t.table_name and c.constraint_type = 'PRIMARY KEY')
        and not exists (select 1 from information_schema.triggers g
          where g.event_object_schema = t.table_schema and g.event_object_table = t.table_name)
        and not exists (select 1 from information_schema.statistics s
          where s.table_schema = t.table_schema and s.table_name = t.table_name and s.index_type = 'FULLTEXT')
        and not exists (select 1 from %s)
      """;

  @Override
  public Optional<String> tableOf(Statement statement) {
    Matcher insert = INSERT.matcher(statement.head(HEAD));
    if (!insert.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        insert.group(1) == null ? insert.group(2) : insert.group(1).replace("``", "`"));
  }

  @Override
  public String allowed(String table) {
    String literal = "'" + table.replace("\\", "\\\\").replace("'", "''") + "'";
    return ALLOWED.formatted(literal, quoted(table));
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  @Override
  public String definitionQuery(String table) {
    return "show create table " + quoted(table);
  }

  /** Those that are neither unique nor of another kind, which would come to stand before them. */
  @Override
  public Optional<Indexes> indexes(String table, String definition) {
    List<String> names = new ArrayList<>();
    List<String> definitions = new ArrayList<>();
    for (String line : definition.split("\n")) {
      Matcher key = KEY.matcher(line);
      if (key.matches()) {
        definitions.add(key.group(1));
        names.add(key.group(2));
      } else if (OTHER_INDEX.matcher(line).matches()) {
        return Optional.empty();
      }
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(Indexes.of(quoted(table), names, definitions));
  }
}
