def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows ~/^\[INFO\] Migrated 'migrate-command' with 'sh migrate\.sh' in [\d.]+ m?s: it succeeded$/, 'BUILD SUCCESS'
log.fails "The migration 'sh migrate.sh 3' failed, it ended with 3: it was ***. Correct it and run this again."
log.fails "There are no migrations in db/migration, db/changelog/db.changelog-master.* or alembic.ini of $basedir. Say where they are with locations or changeLogFile, or run any program with command."
assert new File(basedir, 'seen.txt').text =~ /^jdbc:postgresql:/

return true
