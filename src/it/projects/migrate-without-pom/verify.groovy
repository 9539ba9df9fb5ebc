def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows ~/^\[INFO\] Migrated 'migrate-without-pom' with Flyway 13\.12\.0 in [\d.]+ m?s: 1 migration applied \(1 orders\)$/, 'BUILD SUCCESS'
log.shows ~/^\[INFO\] Migrated 'migrate-without-pom' with Flyway 13\.12\.0 in [\d.]+ m?s: it was up to date$/, 'BUILD SUCCESS'

return true
