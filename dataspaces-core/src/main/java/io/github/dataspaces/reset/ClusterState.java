package io.github.dataspaces.reset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a PostgreSQL server has outside of the databases that are reset. A clone of a database
 * restores none of it, so it is compared, and put back row by row.
 *
 * @param parts the rows of each part, as texts: the catalogues that all databases share, by name,
 *     and what is told of the rest, see {@link #SPECIAL}
 */
record ClusterState(Map<String, List<String>> parts) {

  /** Databases that the reset itself makes. */
  static final String PREFIX = "dataspaces_";

  static final String SETTINGS = "pg_db_role_setting";
  static final String CONFIGURATION = "configuration";
  static final String DATABASES = "databases";
  static final String SLOTS = "slots";
  static final String PREPARED = "prepared";

  /**
   * Catalogues whose rows name databases by number, which another clone has another of: told apart
   * in {@link #SPECIAL}.
   */
  private static final String SHARED_CATALOGUES =
      """
      select relname from pg_class
      where relisshared and relkind = 'r' and relname not in ('pg_database', 'pg_subscription')
      order by relname = 'pg_authid' desc, relname
      """;

  private static final Map<String, String> CONDITIONS =
      Map.of(
          // if a role is dropped, its settings in templates go with it
          SETTINGS,
          "(x.setdatabase = 0 or x.setdatabase in (select oid from pg_database where datname = any ($2)))",
          "pg_shdescription",
          "x.classoid <> 'pg_database'::regclass",
          "pg_shseclabel",
          "x.classoid <> 'pg_database'::regclass",
          "pg_shdepend",
          "x.dbid = 0 and x.classid <> 'pg_database'::regclass");

  private static final String SPECIAL =
      """
      select 'configuration', line from string_to_table(pg_read_file('postgresql.auto.conf'), chr(10)) line
      union all
      select 'databases', datname from pg_database where not starts_with(datname, 'dataspaces_')
      union all
      select 'attributes of databases',
        concat_ws(':', datname, datdba, datacl, datconnlimit, datallowconn, datistemplate, dattablespace, shobj_description(oid, 'pg_database'),
          (select string_agg(concat_ws(':', setrole, setconfig), ',' order by setrole) from pg_db_role_setting where setdatabase = d.oid))
      from pg_database d where not starts_with(datname, 'dataspaces_') and datname <> all ($1)
      union all
      select 'slots', slot_name from pg_replication_slots
      union all
      select 'subscriptions', subname from pg_subscription
      union all
      select 'prepared', gid from pg_prepared_xacts
      """;

  /**
   * A statement that the server plans once for a session.
   *
   * @param catalogues the shared catalogues that this server has
   */
  static String preparation(List<String> catalogues) {
    return catalogues.stream()
        .map(name -> "select '%1$s', x::text from %1$s x%2$s".formatted(name, where(name)))
        .collect(
            Collectors.joining(
                " union all ",
                "prepare dataspaces_cluster (text[], text[]) as " + SPECIAL + " union all ",
                ""));
  }

  /**
   * The query, once it is prepared.
   *
   * @param restored the templates of the databases that a reset puts back whole, with their
   *     attributes
   */
  static String query(Collection<Template> restored) {
    return "execute dataspaces_cluster (%s, %s)"
        .formatted(array(restored, Template::of), array(restored, Template::name));
  }

  private static String array(Collection<Template> of, Function<Template, String> text) {
    return of.stream()
        .map(text)
        .map(AdminConnection::literal)
        .collect(Collectors.joining(",", "array[", "]::text[]"));
  }

  /** Of the query's rows, or of what {@link #rows} took apart. */
  static ClusterState of(List<List<String>> rows) {
    Map<String, List<String>> parts =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.get(0),
                    TreeMap::new,
                    Collectors.mapping(row -> row.get(1), Collectors.toList())));
    parts.replaceAll((part, texts) -> texts.stream().sorted().toList());
    return new ClusterState(parts);
  }

  /** The name of a part and a row's text, for each. */
  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    parts.forEach((part, texts) -> texts.forEach(text -> rows.add(List.of(part, text))));
    return rows;
  }

  List<String> part(String name) {
    return parts.getOrDefault(name, List.of());
  }

  /** What of a part is there now and was not in an earlier state. */
  List<String> added(String part, ClusterState earlier) {
    List<String> texts = new ArrayList<>(part(part));
    texts.removeAll(earlier.part(part));
    return texts;
  }

  /** The parts that differ. */
  List<String> differences(ClusterState other) {
    return Stream.concat(parts.keySet().stream(), other.parts().keySet().stream())
        .distinct()
        .filter(part -> !part(part).equals(other.part(part)))
        .sorted()
        .toList();
  }

  /** The shared catalogues that a server has, the one that others depend on first. */
  static List<String> catalogues(AdminConnection admin) {
    return admin.query(SHARED_CATALOGUES).stream().map(row -> row.get(0)).toList();
  }

  private static String where(String catalogue) {
    return CONDITIONS.containsKey(catalogue) ? " where " + CONDITIONS.get(catalogue) : "";
  }

  /**
   * The statement that makes a shared catalogue what it was; it takes the rows' texts, twice. It
   * changes the catalogue itself, because no command makes a role with the number it had; and at
   * once, because it may be the role that runs it.
   *
   * @param restored as in {@link #query}
   */
  static String restoring(String catalogue, Collection<Template> restored) {
    String condition =
        CONDITIONS.getOrDefault(catalogue, "true").replace("$2", array(restored, Template::name));
    return """
        with gone as (delete from %1$s x where %2$s and x::text <> all (?) returning 1)
        insert into %1$s
        select (r.v).* from (select t::%1$s as v from unnest(?) t where t not in (select x::text from %1$s x)) r
        where (select count(*) from gone) >= 0
        """
        .formatted(catalogue, condition);
  }
}
