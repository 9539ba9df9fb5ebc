def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows ~/^\[INFO\] Created dataspace 'create-without-pom': postgres 18\.6, embedded, port \d+ in [\d.]+ m?s$/, 'BUILD SUCCESS'
log.shows ~/^create-without-pom +running +postgres 18\.6 +embedded +\d+ .* jdbc:postgresql:\/\/127\.0\.0\.1:\d+\/dataspace$/
log.fails "There is a dataspace 'create-without-pom' already. Use it, choose another name, or say -Ddataspaces.ifExists=reuse or -Ddataspaces.ifExists=replace."
log.shows ~/^\[INFO\] Destroyed 'create-without-pom' in [\d.]+ m?s$/, 'BUILD SUCCESS'

return true
