def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.fails ~/There is no dataspace 'snapshot'\. .*Make one with: mvn dataspaces:create -Ddataspaces\.name=snapshot/
log.fails "No 'snapshot' was given. Say the new snapshot's name with -Ddataspaces.snapshot=..."
log.shows ~/Took snapshot 'empty' of 'snapshot' in [\d.]+ m?s: \d+ MB by \S+, [\d.]+ \S+ taken on disk$/
log.fails "Dataspace 'snapshot' has a snapshot 'empty' already. Choose another name, or replace it with -Ddataspaces.update=true."
log.shows "Updated snapshot 'empty' of 'snapshot' in"
log.shows "Stopped 'snapshot'", "Took snapshot 'at-rest' of 'snapshot' in", ~/^state +stopped$/, ~/^snapshots +at-rest, empty$/
log.shows ~/^SNAPSHOT +FLAVOUR +RUNTIME +SIZE +TAKEN +BY +AGE +PARENT$/
log.shows ~/^snapshot\/empty +postgres 18\.6 +embedded +\d+ MB /
log.shows ~/^snapshot\/at-rest +postgres 18\.6 +embedded +\d+ MB .* snapshot\/empty$/
log.shows '"dataspace" : "snapshot",', '"name" : "empty",', '"name" : "at-rest",'
log.shows "Destroyed 'snapshot' and 2 snapshot", "There are no snapshots of 'snapshot'."

return true
