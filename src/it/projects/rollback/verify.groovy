def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

def port = (log.shows(~/Created dataspace 'rollback': .*, port \d+/) =~ /port (\d+)/)[0][1]
log.fails "Dataspace 'rollback' has no snapshot. Take one with: mvn dataspaces:snapshot -Ddataspaces.name=rollback -Ddataspaces.snapshot=..."
log.shows "Took snapshot 'with-orders' of 'rollback'", 'BUILD SUCCESS'
log.shows ~/Rolled 'rollback' back to 'rollback\/with-orders' in [\d.]+ m?s: \d+ MB by \S+$/, 'orders: 2', 'orders: 3'
log.shows "Rolled 'rollback' back to 'rollback/with-orders' in", 'orders: 2', ~/^state +running$/, ~/^port +$port$/
log.fails "Dataspace 'rollback' has several snapshots: with-orders, empty. Say which with -Ddataspaces.to=empty"
log.fails "Dataspace 'rollback' has no snapshot 'seeded'. It has: empty, with-orders. Take one with: mvn dataspaces:snapshot -Ddataspaces.name=rollback -Ddataspaces.snapshot=seeded"
log.fails ~/Dataspace 'rollback' has no snapshot 'seeded'\. .*/
log.shows "Rolled 'rollback' back to 'rollback/empty' in"
log.shows "Destroyed 'rollback' and 2 snapshot"

return true
