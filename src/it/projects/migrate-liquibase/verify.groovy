def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows ~/^\[INFO\] Migrated 'migrate-liquibase' with Liquibase 4\.33\.0 in [\d.]+ m?s: 2 migrations applied \(orders, tea\)$/, 'BUILD SUCCESS'
log.shows '1 migration applied (test-data)', 'orders: 2', 'BUILD SUCCESS'
log.fails ~/Liquibase failed: .*wrong\.sql::wrong::me.*relation "oders" does not exist.*insert into oders values \(1\).*/
log.shows "Destroyed 'migrate-liquibase'"
log.never 'UPDATE SUMMARY', 'SEVERE', 'INFO: '

return true
