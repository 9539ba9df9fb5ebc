package io.github.dataspaces.flavour;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Moves rows in PostgreSQL, as a replica that trusts what it is told. */
final class PostgreSqlRows implements RowRecipe {

  @Override
  public List<String> begin() {
    return List.of("set session_replication_role = replica");
  }

  @Override
  public String makeSchema(String schema) {
    return "create schema " + schema;
  }

  @Override
  public String dropSchema(String schema) {
    return "drop schema " + schema + " cascade";
  }

  @Override
  public String makeLike(String table, String other) {
    return "create unlogged table %s (like %s including generated)".formatted(table, other);
  }

  /** An extension brings the rows of its own tables. */
  @Override
  public String columnsQuery() {
    return """
    select n.nspname, c.relname, a.attname, a.attgenerated <> '',
      pg_catalog.format_type(a.atttypid, a.atttypmod)
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_class c on c.oid = a.attrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p')
      and n.nspname not in ('pg_catalog', 'information_schema')
      and not exists (
        select 1 from pg_catalog.pg_depend d
        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by a.attrelid, a.attnum
    """;
  }

  /** Some triggers are fired for a replica, too. */
  @Override
  public List<String> suspensions() {
    return List.of(
        """
        select pg_catalog.format('alter table only %I.%I disable trigger %I', nspname, relname, tgname),
          pg_catalog.format('alter table only %I.%I enable %s trigger %I', nspname, relname,
            case tgenabled when 'A' then 'always' else 'replica' end, tgname)
        from pg_catalog.pg_trigger t
        join pg_catalog.pg_class c on c.oid = t.tgrelid
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where tgenabled in ('A', 'R') and not tgisinternal
        """);
  }

  /** They are made in an order in which each is after those that it is made of. */
  @Override
  public Optional<String> refreshments() {
    return Optional.of(
        """
        select pg_catalog.format('refresh materialized view %I.%I', nspname, relname), relispopulated
        from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where relkind = 'm' order by c.oid
        """);
  }

  @Override
  public String only(String table) {
    return "only " + table;
  }

  @Override
  public String insertInto(String table, String columns) {
    return "insert into %s (%s) overriding system value".formatted(table, columns);
  }

  @Override
  public List<String> empty(Set<String> tables, Set<String> referenced) {
    List<String> statements = new ArrayList<>();
    if (!tables.isEmpty()) {
      statements.add("truncate " + String.join(", ", tables));
    }
    referenced.forEach(table -> statements.add("delete from " + table));
    return statements;
  }

  @Override
  public String deleteUnmatched(String table, String given, String other, String match) {
    return "delete from %s c where %s and not exists (select 1 from %s p where %s)"
        .formatted(table, given, other, match);
  }

  /** An array for each column, which the other server takes apart. */
  @Override
  public String batches(List<String> types, String keys, int size) {
    List<String> arrays = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      arrays.add("%s::" + types.get(i).replace("%", "%%").replace("'", "''") + "[]");
      values.add("quote_literal(array_agg(a%s)::text)".formatted(i));
    }
    return """
    select format('(select * from unnest(%s))', %s)
    from (select k.*, (row_number() over () - 1) / %s as batch from (%s) k) b group by batch
    """
        .formatted(String.join(", ", arrays), String.join(", ", values), size, keys);
  }

  @Override
  public Optional<String> literal(List<String> columns, List<String> types) {
    return Optional.empty();
  }
}
