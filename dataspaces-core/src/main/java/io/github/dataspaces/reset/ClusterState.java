package io.github.dataspaces.reset;

import java.util.List;

/**
 * What a PostgreSQL server has outside of its databases. A clone of a database restores none of it,
 * so it is compared.
 *
 * @param configuration the file that ALTER SYSTEM writes, and replication slots: what changes
 *     without a transaction
 * @param shared roles, memberships, settings, grants on databases, tablespaces, subscriptions,
 *     prepared transactions
 */
record ClusterState(String configuration, String shared) {

  /** Databases that the reset itself makes. */
  static final String PREFIX = "dataspaces_";

  private static final String CONFIGURATION =
      """
      select md5(pg_read_file('postgresql.auto.conf')
        || coalesce((select string_agg(slot_name || coalesce(plugin, ''), ',' order by slot_name) from pg_replication_slots), ''))
      """;

  private static final String SHARED =
      """
      select concat_ws('|',
        (select string_agg(a::text, ',' order by a.oid) from pg_authid a),
        (select string_agg(m::text, ',' order by m.roleid, m.member) from pg_auth_members m),
        (select string_agg(t::text, ',' order by t.oid) from pg_tablespace t),
        (select string_agg(concat_ws(':', d.datname, d.datdba, d.datacl, d.datconnlimit, d.datallowconn, d.datistemplate, d.dattablespace), ',' order by d.datname)
           from pg_database d where not starts_with(d.datname, 'dataspaces_')),
        (select string_agg(concat_ws(':', coalesce(d.datname, ''), s.setrole, s.setconfig), ',' order by d.datname, s.setrole)
           from pg_db_role_setting s left join pg_database d on d.oid = s.setdatabase where not starts_with(coalesce(d.datname, ''), 'dataspaces_')),
        (select string_agg(concat_ws(':', coalesce(d.datname, c.objoid::text), c.description), ',' order by d.datname, c.objoid)
           from pg_shdescription c left join pg_database d on d.oid = c.objoid and c.classoid = 'pg_database'::regclass where not starts_with(coalesce(d.datname, ''), 'dataspaces_')),
        (select string_agg(concat_ws(':', subname, subdbid), ',' order by subname) from pg_subscription),
        (select string_agg(o::text, ',' order by o.roident) from pg_replication_origin o),
        (select string_agg(gid, ',' order by gid) from pg_prepared_xacts))
      """;

  static ClusterState of(AdminConnection admin) {
    return new ClusterState(configuration(admin), one(admin, SHARED));
  }

  static String configuration(AdminConnection admin) {
    return one(admin, CONFIGURATION);
  }

  private static String one(AdminConnection admin, String sql) {
    List<List<String>> rows = admin.query(sql);
    return rows.get(0).get(0);
  }
}
