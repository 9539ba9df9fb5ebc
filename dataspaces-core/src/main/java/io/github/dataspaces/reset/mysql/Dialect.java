package io.github.dataspaces.reset.mysql;

/** Where MySQL and MariaDB say the same in other words. */
enum Dialect {
  MYSQL("show binary log status", "innodb_tables"),
  MYSQL_BEFORE_8_4("show master status", "innodb_tables"),
  MARIADB("show master status", "innodb_sys_tables");

  private final String positionQuery;
  private final String innodbTables;

  Dialect(String positionQuery, String innodbTables) {
    this.positionQuery = positionQuery;
    this.innodbTables = innodbTables;
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
