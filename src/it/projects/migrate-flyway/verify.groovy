def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows ~/^\[INFO\] Migrated 'migrate-flyway' with Flyway 9\.22\.3 in [\d.]+ m?s: 3 migrations applied \(1 orders, 2 tea, 3 Coffee\)$/, 'orders: 2', 'BUILD SUCCESS'
log.shows ~/^\[INFO\] Migrated 'migrate-flyway' with Flyway 9\.22\.3 in [\d.]+ m?s: it was up to date$/, 'BUILD SUCCESS'
log.shows "Took snapshot 'empty'", '1 migration applied (1 orders)', 'orders: 0', 'BUILD SUCCESS'
log.shows "Rolled 'migrate-flyway' back to 'migrate-flyway/empty'", '3 migrations applied (1 orders, 2 tea, 3 Coffee)', 'BUILD SUCCESS'

return true
