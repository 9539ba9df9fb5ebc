def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows 'Prepared a migrated postgres server', "Created dataspace 'migrate-fails'", ~/Migrated 'migrate-fails' with Flyway \S+ in [\d.]+ m?s: it was up to date$/, 'BUILD SUCCESS'
log.shows "Took snapshot 'before'"
log.fails ~/Flyway failed: .*V2__wrong\.sql.*relation "oders" does not exist.*insert into oders values \(1\).*/
log.shows "Rolled 'migrate-fails' back", 'orders: 0', 'BUILD SUCCESS'
log.fails ~/Flyway failed: .*V2__wrong\.sql.*/
log.fails "There are no migrations in $basedir/nowhere. Check the path, or write 'classpath:' before the name of a resource."
log.fails "tool: 'flywey' is no migration tool. Use auto, flyway, liquibase or command."
log.shows "Destroyed 'migrate-fails'"

return true
