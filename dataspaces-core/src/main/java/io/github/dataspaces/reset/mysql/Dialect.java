package io.github.dataspaces.reset.mysql;

/** Where MySQL and MariaDB say the same in other words. */
enum Dialect {
  MYSQL("show binary log status", "innodb_tables", "performance_schema"),
  MYSQL_BEFORE_8_4("show master status", "innodb_tables", "performance_schema"),
  MARIADB("show master status", "innodb_sys_tables", "information_schema");

  private final String positionQuery;
  private final String innodbTables;
  private final String statusSchema;

  Dialect(String positionQuery, String innodbTables, String statusSchema) {
    this.positionQuery = positionQuery;
    this.innodbTables = innodbTables;
    this.statusSchema = statusSchema;
  }

  static Dialect of(AdminSession admin) {
    if (admin.query("select version()").get(0).get(0).contains("MariaDB")) {
      return MARIADB;
    }
    return admin.attempt(MYSQL.positionQuery) ? MYSQL : MYSQL_BEFORE_8_4;
  }

  /** Answers with the file and the offset that the binary log has got to. */
  String positionQuery() {
    return positionQuery;
  }

  /**
   * Answers at once with how often rows were written, statements run, and which sessions are busy,
   * each named by the first column.
   */
  String countersQuery() {
    return """
        select 'written', object_schema, object_name, concat_ws(',', count_insert, count_update, count_delete)
        from performance_schema.table_io_waits_summary_by_table where count_write > 0 and object_type = 'TABLE'
        union all select 'run', lower(variable_name), variable_value, '' from %s.global_status
        where variable_name like 'Com\\_%%' and variable_value <> '0'
        union all select 'busy', cast(id as char), '', '' from information_schema.processlist
        where user not in ('event_scheduler', 'system user') and command not in ('Daemon', 'Sleep', 'Binlog Dump')
        union all select 'busy', cast(trx_mysql_thread_id as char), '', '' from information_schema.innodb_trx
        """
        .formatted(statusSchema);
  }

  /** Answers with what tells a table from another that was made later under its name. */
  String tablesQuery() {
    return """
        select name, table_id from information_schema.%s where name not like 'mysql/%%' and name not like 'sys/%%' and name like '%%/%%'
        union all select concat(table_schema, '/', table_name), create_time from information_schema.tables
        where engine <> 'InnoDB' and table_type = 'BASE TABLE' and table_schema not in ('mysql', 'sys', 'performance_schema', 'information_schema')
        """
        .formatted(innodbTables);
  }

  /** Whether settings can be kept for the next start, and are then in a table. */
  boolean persistsSettings() {
    return this != MARIADB;
  }
}
